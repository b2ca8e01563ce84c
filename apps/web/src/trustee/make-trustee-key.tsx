import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createTrusteeKey, type TrusteeKey } from '#sealing';
import { NewPassphraseFields, newPassphraseIn } from '../identity/new-passphrase.js';
import type { SigningIdentity } from '../identity/signing-identity.js';
import { Refusal } from '../ui/refusal.js';
import { saveFile } from '../ui/save-file.js';
import { handInStatement } from './hand-in-statement.js';
import { random } from './random.js';
import { keepKey, keyFileName, writeTrusteeKey } from './trustee-key-file.js';

/** Makes the key, keeps and downloads it, and then hands in its statement. */
export function MakeTrusteeKey({
  tenderId,
  personId,
  identity,
  onUnlocked,
}: {
  readonly tenderId: string;
  readonly personId: string;
  readonly identity: SigningIdentity;
  readonly onUnlocked: (key: TrusteeKey) => void;
}): ReactElement {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [error, setError] = useState<Error | null>(null);
  const [isWorking, setWorking] = useState(false);

  const make = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const passphrase = newPassphraseIn(event.currentTarget);
    if (passphrase === undefined) return setError(new Error(t('identity.differ')));
    setWorking(true);
    setError(null);
    try {
      const key = createTrusteeKey(random);
      const file = await writeTrusteeKey(tenderId, key, passphrase);
      // First kept, then told: a key that the committee counts on is never one that was lost on the way.
      await keepKey(personId, tenderId, file);
      saveFile(keyFileName(tenderId), file);
      await handInStatement(tenderId, key, identity).finally(() => onUnlocked(key));
      await queries.invalidateQueries();
    } catch (caught) {
      setError(caught as Error);
      setWorking(false);
    }
  };

  return (
    <form onSubmit={(event) => void make(event)}>
      <NewPassphraseFields label={t('trustee.keyPassphrase')} hint={t('trustee.keyPassphraseHint')} />
      {error ? <Refusal error={error} /> : null}
      <button type="submit" className="primary" disabled={isWorking}>
        {t('trustee.make')}
      </button>
    </form>
  );
}
