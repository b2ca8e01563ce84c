import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stage } from '#contracts';
import { WAY_SHOWN } from './has-reached.js';

/** The way of a tender as a line of steps; where it left the way, that is said instead. */
export function TenderProgress({
  stage,
  reason,
}: {
  readonly stage: Stage;
  readonly reason: string | null;
}): ReactElement {
  const { t } = useTranslation();
  const at = WAY_SHOWN.indexOf(stage);
  if (at < 0) {
    return (
      <p className="left-the-way" role="status">
        {t(`stages.${stage}`)}
        {reason ? `：${reason}` : null}
      </p>
    );
  }
  return (
    <ol className="way" aria-label={t('tender.timeline')}>
      {WAY_SHOWN.map((step, i) => (
        <li
          key={step}
          className={i < at ? 'is-done' : i === at ? 'is-now' : ''}
          {...(i === at ? { 'aria-current': 'step' as const } : {})}
        >
          {t(`stages.${step}`)}
        </li>
      ))}
    </ol>
  );
}
