import { type FormEvent, type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrusteeKey } from '#sealing';
import { WrongPassphrase } from '../identity/key-file.js';
import { Refusal } from '../ui/refusal.js';
import { KEY_FILE_BYTES_MAX, keepKey, NotThisKey, readTrusteeKey } from './trustee-key-file.js';

interface Props {
  readonly tenderId: string;
  readonly personId: string;
  readonly onUnlocked: (key: TrusteeKey) => void;
}

/** The key that this browser keeps, under its passphrase. */
export function UnlockTrusteeKey({ file, ...props }: Props & { readonly file: Uint8Array }): ReactElement {
  const { t } = useTranslation();
  return <KeyForm {...props} submit={t('trustee.unlock')} fileOf={() => Promise.resolve(file)} />;
}

/** A key file from a disk: this browser keeps it from then on. */
export function LoadTrusteeKey(props: Props): ReactElement {
  const { t } = useTranslation();
  const fileOf = async (form: FormData): Promise<Uint8Array> => {
    const file = form.get('file');
    if (!(file instanceof File) || file.size > KEY_FILE_BYTES_MAX) throw new NotThisKey('noKeyFile');
    return new Uint8Array(await file.arrayBuffer());
  };
  return (
    <details>
      <summary>{t('trustee.load')}</summary>
      <KeyForm {...props} submit={t('trustee.load')} fileOf={fileOf} isKept>
        <label>
          {t('trustee.loadHint')}
          <input name="file" type="file" accept=".age" required />
        </label>
      </KeyForm>
    </details>
  );
}

function KeyForm({
  tenderId,
  personId,
  onUnlocked,
  submit,
  fileOf,
  isKept = false,
  children,
}: Props & {
  readonly submit: string;
  readonly fileOf: (form: FormData) => Promise<Uint8Array>;
  readonly isKept?: boolean;
  readonly children?: ReactNode;
}): ReactElement {
  const { t } = useTranslation();
  const [error, setError] = useState<Error | null>(null);
  const [isWorking, setWorking] = useState(false);
  const unlock = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setWorking(true);
    setError(null);
    try {
      const file = await fileOf(form);
      const key = await readTrusteeKey(file, tenderId, String(form.get('passphrase')));
      if (isKept) await keepKey(personId, tenderId, file);
      onUnlocked(key);
    } catch (caught) {
      if (caught instanceof WrongPassphrase) setError(new Error(t('trustee.wrong')));
      else if (caught instanceof NotThisKey) setError(new Error(t(`trustee.${caught.reason}`)));
      else setError(caught as Error);
      setWorking(false);
    }
  };
  return (
    <form onSubmit={(event) => void unlock(event)}>
      {children}
      <label>
        {t('trustee.keyPassphrase')}
        <input name="passphrase" type="password" autoComplete="current-password" required />
      </label>
      {error ? <Refusal error={error} /> : null}
      <button type="submit" className="primary" disabled={isWorking}>
        {submit}
      </button>
    </form>
  );
}
