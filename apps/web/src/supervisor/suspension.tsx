import { type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stage } from '#contracts';
import type { AnswerOf } from '../api/call.js';
import { useCommand } from '../api/use-command.js';
import { InstantText } from '../ui/instant-text.js';
import { Refusal } from '../ui/refusal.js';

/** Nothing to stop: not begun, or over. */
const NOT_STOPPED: readonly Stage[] = ['draft', 'awarded', 'failed', 'cancelled'];

/** Stops a tender's clocks with a reason that everyone reads, or ends a stop that a supervisor made. */
export function Suspension({ tender }: { readonly tender: AnswerOf<'getTender'> }): ReactElement | null {
  const { t } = useTranslation();
  if (NOT_STOPPED.includes(tender.stage)) return null;
  const causes = tender.suspension?.causes ?? [];
  const isOwn = causes.some(({ cause }) => cause === 'supervisor');
  return (
    <section className="card" aria-labelledby="suspension">
      <h2 id="suspension">{t('suspension.title')}</h2>
      {causes.map(({ cause, since, reason }) => (
        <p key={`${cause} ${since}`}>
          <strong className="bad">{t(`tender.suspendedBy.${cause}`)}</strong> <InstantText instant={since} />
          <br />
          {reason}
        </p>
      ))}
      <Decide key={String(isOwn)} tenderId={tender.tenderId} isOwn={isOwn} />
    </section>
  );
}

function Decide({ tenderId, isOwn }: { readonly tenderId: string; readonly isOwn: boolean }): ReactElement {
  const { t } = useTranslation();
  const command = useCommand(isOwn ? 'resumeTender' : 'suspendTender');
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason')).trim();
    command.mutate({ tenderId, reason });
  };
  return (
    <form onSubmit={submit}>
      <p className="quiet">{t(isOwn ? 'suspension.resumeHint' : 'suspension.suspendHint')}</p>
      <label>
        {t('suspension.reason')}
        <textarea name="reason" rows={3} maxLength={1_000} required />
      </label>
      {command.error ? <Refusal error={command.error} /> : null}
      <button type="submit" className="primary" disabled={command.isPending}>
        {t(isOwn ? 'suspension.resume' : 'suspension.suspend')}
      </button>
    </form>
  );
}
