import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Method } from '#evaluation';
import type { AnswerOf } from '../api/call.js';
import { shownExact } from '../ui/shown-exact.js';

type Flags = AnswerOf<'getAbnormalPrices'>['items'][number]['flags'];

/** Why the method calls a price abnormally low, with what it measured; percents are points of a hundred. */
export function PriceFlags({
  flags,
  method,
}: {
  readonly flags: Flags;
  /** As published with the tender. */
  readonly method: AnswerOf<'getTender'>['method'];
}): ReactElement {
  const { t, i18n } = useTranslation();
  const { flags: declared = [] } = method as unknown as Method;
  const percent = i18n.language === 'en' ? ' %' : '%';
  return (
    <>
      <h4>{t('prices.why')}</h4>
      <ul>
        {flags.map(({ id, measure, limit }) => {
          const flag = declared.find((one) => one.id === id);
          const unit = flag?.measure.rule.startsWith('below-') ? percent : '';
          return (
            <li key={id} title={`${measure} · ${limit}`}>
              {t('prices.flag', {
                title: (i18n.language === 'en' ? flag?.title.en : flag?.title.zh) ?? id,
                measure: shownExact(measure) + unit,
                limit: shownExact(limit) + unit,
              })}
            </li>
          );
        })}
      </ul>
    </>
  );
}
