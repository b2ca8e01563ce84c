import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EXPLANATION_HOURS } from '#contracts';
import { usePlatformTime } from '../api/platform-time.js';
import { useCommand } from '../api/use-command.js';
import { InstantText } from '../ui/instant-text.js';
import { Refusal } from '../ui/refusal.js';

/** Those of the contract: its type holds them together without its schemas. */
const HOURS: typeof EXPLANATION_HOURS = { min: 1, max: 336 };
const HOURS_PROPOSED = 48;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** The one question that a buyer may put to a bidder about its price, with the time to answer. */
export function AskAboutPrice({
  tenderId,
  alias,
}: {
  readonly tenderId: string;
  readonly alias: string;
}): ReactElement {
  const { t } = useTranslation();
  const ask = useCommand('askAboutPrice');
  const time = usePlatformTime();
  const [hours, setHours] = useState(String(HOURS_PROPOSED));
  const count = Number(hours);
  const isWithin = Number.isInteger(count) && count >= HOURS.min && count <= HOURS.max;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const question = String(new FormData(event.currentTarget).get('question'));
    ask.mutate({ tenderId, alias, question, hours: count });
  };
  // To the minute: a time that changes twice a second cannot be read.
  const until = time && Math.ceil((time.nowMs + count * HOUR_MS) / MINUTE_MS) * MINUTE_MS;
  return (
    <form onSubmit={submit} aria-label={t('prices.ask')}>
      <h4>{t('prices.ask')}</h4>
      <p className="quiet">{t('prices.askHint')}</p>
      <label>
        {t('prices.question')}
        <textarea name="question" rows={4} maxLength={4_000} required />
      </label>
      <label>
        {t('prices.hours')}
        <input
          type="number"
          min={HOURS.min}
          max={HOURS.max}
          step={1}
          required
          value={hours}
          onChange={({ target }) => setHours(target.value)}
        />
      </label>
      {until && isWithin ? (
        <p className="quiet">
          {t('prices.hoursHint')} <InstantText instant={new Date(until).toISOString()} />
        </p>
      ) : null}
      {ask.error ? <Refusal error={ask.error} /> : null}
      <button type="submit" className="primary" disabled={ask.isPending}>
        {t('prices.sendQuestion')}
      </button>
    </form>
  );
}
