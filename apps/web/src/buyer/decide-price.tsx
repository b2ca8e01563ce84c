import { type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlatformTime } from '../api/platform-time.js';
import { useCommand } from '../api/use-command.js';
import type { PriceInQuestion } from '../public/price-dialogue.js';
import { Refusal } from '../ui/refusal.js';

/**
 * The buyer accepts a price at any time, and rejects its bid only when the bidder was heard: after the answer, or when the
 * time for one is over by the platform’s clock.
 */
export function DecidePrice({
  tenderId,
  price: { alias, state, answerUntil },
}: {
  readonly tenderId: string;
  readonly price: PriceInQuestion;
}): ReactElement {
  const { t } = useTranslation();
  const time = usePlatformTime();
  const decide = useCommand('decidePrice');
  const isOver = time !== undefined && answerUntil !== null && time.nowMs >= Date.parse(answerUntil);
  const isHeard = state === 'answered' || (state === 'asked' && isOver);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason'));
    const isRejected = (event.nativeEvent as SubmitEvent).submitter?.getAttribute('value') === 'rejected';
    decide.mutate({ tenderId, alias, decision: isRejected ? 'rejected' : 'accepted', reason });
  };
  return (
    <form onSubmit={submit} aria-label={t('prices.decide')}>
      <h4>{t('prices.decide')}</h4>
      <label>
        {t('prices.reason')}
        <textarea name="reason" rows={3} maxLength={4_000} required />
      </label>
      {isHeard ? null : <p className="quiet">{t('prices.rejectLater')}</p>}
      {decide.error ? <Refusal error={decide.error} /> : null}
      <button type="submit" value="accepted" className="primary" disabled={decide.isPending}>
        {t('prices.accept')}
      </button>{' '}
      <button type="submit" value="rejected" disabled={!isHeard || decide.isPending}>
        {t('prices.reject')}
      </button>
    </form>
  );
}
