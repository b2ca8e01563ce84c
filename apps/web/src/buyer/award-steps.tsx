import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import { usePlatformTime } from '../api/platform-time.js';
import { useCommand } from '../api/use-command.js';
import { InstantText } from '../ui/instant-text.js';
import { MoneyText } from '../ui/money-text.js';
import { Refusal } from '../ui/refusal.js';

/** From the ranking to the award: each act once, and the second only when the standstill is over. */
export function AwardSteps({ tender }: { readonly tender: AnswerOf<'getTender'> }): ReactElement | null {
  const { t } = useTranslation();
  const time = usePlatformTime();
  const start = useCommand('startStandstill');
  const award = useCommand('awardTender');
  const { tenderId, stage, standstillEndsAt, currency, procedure } = tender;
  if (stage === 'ranked') {
    return (
      <section className="card" aria-label={t('desk.standstill')}>
        <h2>{t('desk.standstill')}</h2>
        <p>{t('desk.standstillHint', { days: procedure.standstillDaysMin })}</p>
        {start.error ? <Refusal error={start.error} /> : null}
        <button
          type="button"
          className="primary"
          disabled={start.isPending}
          onClick={() => start.mutate({ tenderId })}
        >
          {t('desk.startStandstill')}
        </button>
      </section>
    );
  }
  if (stage === 'standstill' && standstillEndsAt) {
    const isOver = time !== undefined && time.nowMs >= Date.parse(standstillEndsAt);
    return (
      <section className="card" aria-label={t('tender.award')}>
        <h2>{t('desk.award')}</h2>
        <p>
          {t('tender.standstillEnds')} <InstantText instant={standstillEndsAt} />
        </p>
        {award.error ? <Refusal error={award.error} /> : null}
        <button
          type="button"
          className="primary"
          disabled={!isOver || award.isPending}
          onClick={() => award.mutate({ tenderId })}
        >
          {t('desk.awardFirst')}
        </button>
      </section>
    );
  }
  if (!tender.award) return null;
  return (
    <section className="card award" aria-label={t('tender.award')}>
      <h2>{t('tender.award')}</h2>
      <p>
        <strong>{tender.award.alias}</strong> <MoneyText amount={tender.award.price} currency={currency} />
      </p>
    </section>
  );
}
