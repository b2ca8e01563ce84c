import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isEntryName } from './entry-name.js';

/** More than any receipt has; what is larger is not read. */
const RECEIPT_BYTES_MAX = 2 * 1024 * 1024;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function TenderForm({
  first,
  onVerify,
}: {
  /** From the address, where a tender's page led here. */
  readonly first: string;
  readonly onVerify: (tenderId: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <NameForm
      name="tender"
      first={first}
      isName={(text) => UUID.test(text)}
      onVerify={onVerify}
      hint={t('verify.tender.hint')}
    />
  );
}

export function EntryForm({
  first,
  onVerify,
}: {
  /** From the address, where a supervisor's page led here. */
  readonly first: string;
  readonly onVerify: (which: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <NameForm
      name="entry"
      first={first}
      isName={isEntryName}
      onVerify={onVerify}
      hint={t('verify.entry.hint')}
    />
  );
}

function NameForm({
  name,
  first,
  isName,
  hint,
  onVerify,
}: {
  readonly name: 'tender' | 'entry';
  readonly first: string;
  readonly isName: (text: string) => boolean;
  readonly hint: string;
  readonly onVerify: (text: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  const [text, setText] = useState(first);
  const [isRefused, setRefused] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const given = text.trim().toLowerCase();
    setRefused(!isName(given));
    if (isName(given)) onVerify(given);
  };
  return (
    <form className="card" onSubmit={submit}>
      <h2>{t(`verify.${name}.title`)}</h2>
      <label>
        {t(`verify.${name}.field`)}
        <input
          value={text}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={isRefused}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <p className="quiet">{hint}</p>
      {isRefused ? (
        <p className="bad" role="alert">
          {t(`verify.${name}.malformed`)}
        </p>
      ) : null}
      <button className="primary">{t(`verify.${name}.act`)}</button>
    </form>
  );
}

export function ReceiptForm({
  onVerify,
}: {
  readonly onVerify: (file: Uint8Array<ArrayBuffer>) => void;
}): ReactElement {
  const { t } = useTranslation();
  const [fault, setFault] = useState<'none-chosen' | 'too-large' | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const found = file === null ? 'none-chosen' : file.size > RECEIPT_BYTES_MAX ? 'too-large' : null;
    setFault(found);
    if (file && found === null) onVerify(new Uint8Array(await file.arrayBuffer()));
  };
  return (
    <form className="card" onSubmit={(event) => void submit(event)}>
      <h2>{t('verify.receipt.title')}</h2>
      <label>
        {t('verify.receipt.field')}
        <input
          type="file"
          accept=".zip,.json"
          aria-invalid={fault !== null}
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
      </label>
      <p className="quiet">{t('verify.receipt.hint')}</p>
      {fault === null ? null : (
        <p className="bad" role="alert">
          {t(`verify.receipt.${fault}`)}
        </p>
      )}
      <button className="primary">{t('verify.receipt.act')}</button>
    </form>
  );
}
