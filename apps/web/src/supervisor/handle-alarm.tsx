import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmState } from '#contracts';
import { useCommand } from '../api/use-command.js';
import { Refusal } from '../ui/refusal.js';

/** Acknowledges or closes an alarm in words that are entered; what is closed stays closed. */
export function HandleAlarm({
  alarmId,
  state,
}: {
  readonly alarmId: string;
  readonly state: AlarmState;
}): ReactElement | null {
  const { t } = useTranslation();
  const handle = useCommand('handleAlarm');
  const [reason, setReason] = useState('');
  if (state === 'closed') return null;
  const isBlocked = !reason.trim() || handle.isPending;
  const send = (to: 'acknowledged' | 'closed'): void =>
    handle.mutate({ alarmId, to, reason: reason.trim() }, { onSuccess: () => setReason('') });
  return (
    <section className="card" aria-labelledby="handle">
      <h2 id="handle">{t('alarms.handle')}</h2>
      <label>
        {t('alarms.reason')}
        <textarea
          rows={3}
          maxLength={1_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {handle.error ? <Refusal error={handle.error} /> : null}
      {state === 'open' ? (
        <button type="button" disabled={isBlocked} onClick={() => send('acknowledged')}>
          {t('alarms.acknowledge')}
        </button>
      ) : null}{' '}
      <button type="button" className="primary" disabled={isBlocked} onClick={() => send('closed')}>
        {t('alarms.close')}
      </button>
    </section>
  );
}
