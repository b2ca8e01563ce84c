import { type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import { usePlatformTime } from '../api/platform-time.js';
import { isProblem } from '../api/problem.js';
import { useAnswer } from '../api/use-answer.js';
import { useCommand } from '../api/use-command.js';
import { PriceDialogue, type PriceInQuestion } from '../public/price-dialogue.js';
import { PriceFlags } from '../public/price-flags.js';
import { Refusal } from '../ui/refusal.js';

type Tender = AnswerOf<'getTender'>;

/** The buyer’s question about the own price, with the time that is left to answer it; nothing where there is none. */
export function PriceAnswer({ tender }: { readonly tender: Tender }): ReactElement | null {
  const { t } = useTranslation();
  const prices = useAnswer('getAbnormalPrices', { tenderId: tender.tenderId });
  if (prices.error) {
    // So it is for a bidder whose commercial envelope stayed sealed.
    if (isProblem(prices.error) && prices.error.code === 'tender.unknown') return null;
    return <Refusal error={prices.error} onRetry={() => void prices.refetch()} />;
  }
  const [own] = prices.data?.items ?? [];
  if (!own) return null;
  return (
    <section className="card" aria-label={t('prices.own')}>
      <h2>
        {t('prices.own')} <span className="stage">{t(`prices.state.${own.state}`)}</span>
      </h2>
      <h3>{t('prices.bid', { alias: own.alias })}</h3>
      <PriceFlags flags={own.flags} method={tender.method} />
      {own.state === 'flagged' ? <p>{t('prices.ownFlagged')}</p> : null}
      <PriceDialogue price={own} answerTitle={t('prices.answered')} />
      {own.state === 'asked' ? <AnswerForm tenderId={tender.tenderId} own={own} /> : null}
    </section>
  );
}

function AnswerForm({
  tenderId,
  own: { alias, answerUntil },
}: {
  readonly tenderId: string;
  readonly own: PriceInQuestion;
}): ReactElement | null {
  const { t } = useTranslation();
  const time = usePlatformTime();
  const explain = useCommand('explainPrice');
  if (time && answerUntil && time.nowMs >= Date.parse(answerUntil)) return null;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const answer = String(new FormData(event.currentTarget).get('answer'));
    explain.mutate({ tenderId, alias, answer });
  };
  return (
    <form onSubmit={submit}>
      <label>
        {t('prices.yourAnswer')}
        <textarea name="answer" rows={6} maxLength={4_000} required />
      </label>
      <p className="quiet">{t('prices.yourAnswerHint')}</p>
      {explain.error ? <Refusal error={explain.error} /> : null}
      <button type="submit" className="primary" disabled={explain.isPending}>
        {t('prices.sendAnswer')}
      </button>
    </form>
  );
}
