import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../ui/refusal.js';
import { saveFile } from '../ui/save-file.js';
import { writeBackup } from './identity-backup.js';
import { WrongPassphrase } from './key-file.js';
import { type KeptIdentity, unlockIdentity } from './signing-identity.js';
import { setUnlocked } from './unlocked.js';

export function UnlockIdentity({
  personId,
  kept,
}: {
  readonly personId: string;
  readonly kept: KeptIdentity;
}): ReactElement {
  const { t } = useTranslation();
  const [error, setError] = useState<Error | null>(null);
  const [isWorking, setWorking] = useState(false);

  const unlock = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const passphrase = String(new FormData(event.currentTarget).get('passphrase'));
    setWorking(true);
    setError(null);
    try {
      setUnlocked(personId, await unlockIdentity(kept, passphrase));
    } catch (caught) {
      setError(caught instanceof WrongPassphrase ? new Error(t('identity.wrong')) : (caught as Error));
      setWorking(false);
    }
  };

  return (
    <form onSubmit={(event) => void unlock(event)}>
      <p>{t('identity.locked')}</p>
      <label>
        {t('identity.passphrase')}
        <input name="passphrase" type="password" autoComplete="current-password" required />
      </label>
      {error ? <Refusal error={error} /> : null}
      <button type="submit" className="primary" disabled={isWorking}>
        {t('identity.unlock')}
      </button>{' '}
      <button type="button" onClick={() => saveFile('sunseal-identity.zip', writeBackup(kept))}>
        {t('identity.backup')}
      </button>
    </form>
  );
}
