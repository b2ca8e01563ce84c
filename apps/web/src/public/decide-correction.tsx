import { type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/use-command.js';
import { Refusal } from '../ui/refusal.js';

/** A supervisor confirms the correction that waits, which makes the next version, or refuses it; with a reason. */
export function DecideCorrection({
  tenderId,
  correctionId,
}: {
  readonly tenderId: string;
  readonly correctionId: string;
}): ReactElement {
  const { t } = useTranslation();
  const decide = useCommand('decideCorrection');
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason'));
    const isConfirmed = (event.nativeEvent as SubmitEvent).submitter?.getAttribute('value') === 'confirm';
    decide.mutate({ tenderId, correctionId, isConfirmed, reason });
  };
  return (
    <form onSubmit={submit} aria-label={t('corrections.decide')}>
      <h3>{t('corrections.decide')}</h3>
      <label>
        {t('corrections.decideWhy')}
        <textarea name="reason" rows={3} maxLength={1_000} required />
      </label>
      {decide.error ? <Refusal error={decide.error} /> : null}
      <button type="submit" value="confirm" className="primary" disabled={decide.isPending}>
        {t('corrections.confirm')}
      </button>{' '}
      <button type="submit" value="refuse" disabled={decide.isPending}>
        {t('corrections.refuse')}
      </button>
    </form>
  );
}
