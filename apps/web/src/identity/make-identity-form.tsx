import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../session/use-session.js';
import { Refusal } from '../ui/refusal.js';
import { saveFile } from '../ui/save-file.js';
import { readBackup, writeBackup } from './identity-backup.js';
import { NewPassphraseFields, newPassphraseIn } from './new-passphrase.js';
import { keepIdentity, makeIdentity, readKeptIdentity } from './signing-identity.js';
import { setUnlocked } from './unlocked.js';

/** Makes a signing key in this browser and downloads its backup at once; or brings one back from a backup. */
export function MakeIdentity({
  session,
  onKept,
}: {
  readonly session: Session;
  readonly onKept: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const [error, setError] = useState<Error | null>(null);
  const [isWorking, setWorking] = useState(false);

  const make = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const passphrase = newPassphraseIn(event.currentTarget);
    if (passphrase === undefined) return setError(new Error(t('identity.differ')));
    setWorking(true);
    setError(null);
    try {
      const identity = await makeIdentity(session.personId, session.name, passphrase);
      saveFile('sunseal-identity.zip', writeBackup((await readKeptIdentity(session.personId))!));
      setUnlocked(session.personId, identity);
    } catch (caught) {
      setError(caught as Error);
      setWorking(false);
    }
  };

  const bringBack = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const kept = readBackup(new Uint8Array(await file.arrayBuffer()));
    if (!kept) return setError(new Error(t('identity.noBackup')));
    await keepIdentity(session.personId, kept);
    onKept();
  };

  return (
    <form onSubmit={(event) => void make(event)}>
      <p>{t('identity.why')}</p>
      <NewPassphraseFields label={t('identity.passphrase')} hint={t('identity.passphraseHint')} />
      {error ? <Refusal error={error} /> : null}
      <button type="submit" className="primary" disabled={isWorking}>
        {t('identity.make')}
      </button>
      <label className="or-else">
        {t('identity.fromBackup')}
        <input type="file" accept=".zip" onChange={(event) => void bringBack(event.target.files?.[0])} />
      </label>
    </form>
  );
}
