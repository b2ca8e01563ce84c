import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/use-command.js';
import { Refusal } from '../ui/refusal.js';

/** Comes before any document: no conflict, or stepping back for good. */
export function Declaration({ tenderId }: { readonly tenderId: string }): ReactElement {
  const { t } = useTranslation();
  const declare = useCommand('declareConflicts');
  const [hasConflict, setConflict] = useState<boolean | null>(null);
  const [hasSteppedBack, setSteppedBack] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (hasConflict === null) return;
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim();
    declare.mutate(
      { tenderId, hasConflict, ...(reason === '' ? {} : { reason }) },
      { onSuccess: () => setSteppedBack(hasConflict) },
    );
  };
  if (hasSteppedBack) {
    return (
      <p className="card" role="status">
        {t('scoring.steppedBack')}
      </p>
    );
  }
  const choice = (value: boolean): ReactElement => (
    <label className="inline">
      <input
        type="radio"
        name="conflict"
        required
        checked={hasConflict === value}
        onChange={() => setConflict(value)}
      />{' '}
      {t(value ? 'scoring.conflict' : 'scoring.noConflict')}
    </label>
  );
  return (
    <form className="card narrow" onSubmit={submit} aria-label={t('scoring.declaration')}>
      <h2>{t('scoring.declaration')}</h2>
      <p>{t('scoring.declarationHint')}</p>
      {choice(false)}
      {choice(true)}
      {hasConflict ? (
        <label>
          {t('scoring.conflictReason')}
          <textarea name="reason" rows={3} maxLength={1_000} required />
        </label>
      ) : null}
      {declare.error ? <Refusal error={declare.error} /> : null}
      <button type="submit" className="primary" disabled={declare.isPending}>
        {t('scoring.declare')}
      </button>
    </form>
  );
}
