import { way } from 'virtual:contract-routes';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import { InstantText } from '../ui/instant-text.js';
import { hasLeftTheWay } from './has-reached.js';

type Tender = Pick<AnswerOf<'getTender'>, 'stage' | 'suspension' | 'reason'>;

const SHOWN = way.filter((step) => step !== 'draft');

/** The way of a tender as a line of steps, with why it rests; where it left the way, that is said instead. */
export function TenderProgress({ tender }: { readonly tender: Tender }): ReactElement {
  const { t } = useTranslation();
  const { stage, suspension, reason } = tender;
  if (hasLeftTheWay(tender)) {
    return (
      <p className="left-the-way" role="status">
        {t(`stages.${stage}`)}
        {reason ? `：${reason}` : null}
      </p>
    );
  }
  const at = (SHOWN as readonly string[]).indexOf(suspension?.stage ?? stage);
  return (
    <>
      <ol className="way" aria-label={t('tender.timeline')}>
        {SHOWN.map((step, i) => (
          <li
            key={step}
            className={i < at ? 'is-done' : i === at ? 'is-now' : ''}
            {...(i === at ? { 'aria-current': 'step' as const } : {})}
          >
            {t(`stages.${step}`)}
          </li>
        ))}
      </ol>
      {suspension ? (
        <section className="card refusal" aria-label={t('stages.suspended')}>
          {suspension.causes.map(({ cause, since, reason: why }) => (
            <p key={cause + since}>
              {t(`tender.suspendedBy.${cause}`)} <InstantText instant={since} />：{why}
            </p>
          ))}
        </section>
      ) : null}
    </>
  );
}
