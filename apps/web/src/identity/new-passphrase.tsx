import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

const CHARS_MIN = 12;

/** Fields of a form in which a new passphrase is chosen, twice. */
export function NewPassphraseFields({
  label,
  hint,
}: {
  readonly label: string;
  readonly hint: string;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <label>
        {label}
        <input name="passphrase" type="password" autoComplete="new-password" minLength={CHARS_MIN} required />
        <span className="quiet">{hint}</span>
      </label>
      <label>
        {t('identity.again')}
        <input name="again" type="password" autoComplete="new-password" required />
      </label>
    </>
  );
}

/** What was typed; nothing where both fields differ. */
export function newPassphraseIn(form: HTMLFormElement): string | undefined {
  const fields = new FormData(form);
  const passphrase = String(fields.get('passphrase'));
  return passphrase === fields.get('again') ? passphrase : undefined;
}
