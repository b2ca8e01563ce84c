import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stage } from '#contracts';
import type { AnswerOf } from '../api/call.js';
import { useCommand } from '../api/use-command.js';
import { Refusal } from '../ui/refusal.js';

const OVER: readonly Stage[] = ['standstill', 'awarded', 'failed', 'cancelled'];

/** Ends the tender for good: asked twice, with a reason that everyone can read. */
export function CancelTender({ tender }: { readonly tender: AnswerOf<'getTender'> }): ReactElement | null {
  const { t } = useTranslation();
  const cancel = useCommand('cancelTender');
  const [isAsking, setAsking] = useState(false);
  if (OVER.includes(tender.stage)) return null;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason'));
    cancel.mutate({ tenderId: tender.tenderId, reason });
  };
  if (!isAsking) {
    return (
      <button type="button" onClick={() => setAsking(true)}>
        {t('desk.cancel')}
      </button>
    );
  }
  return (
    <form className="card" onSubmit={submit} aria-label={t('desk.cancel')}>
      <h2>{t('desk.cancel')}</h2>
      <label>
        {t('desk.cancelReason')}
        <textarea name="reason" rows={3} maxLength={1_000} required />
      </label>
      {cancel.error ? <Refusal error={cancel.error} /> : null}
      <button type="submit" className="primary" disabled={cancel.isPending}>
        {t('desk.cancelYes')}
      </button>{' '}
      <button type="button" onClick={() => setAsking(false)}>
        {t('desk.cancelNo')}
      </button>
    </form>
  );
}
