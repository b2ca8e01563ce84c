import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../ui/refusal.js';
import type { Attachment } from './draft-form.js';
import { sendDocument } from './send-document.js';
import type { StepProps } from './step-props.js';
import { lookAtWorkbook, type WorkbookFault } from './workbook-look.js';

const DOCUMENTS_MAX = 64;

/** Documents and the bill of quantities: sent as they are chosen, each kept under its hash. */
export function FilesStep({ form, onChange }: StepProps): ReactElement {
  const { t } = useTranslation();
  const [faults, setFaults] = useState<readonly WorkbookFault[]>([]);
  const [sending, setSending] = useState('');
  const [error, setError] = useState<Error | null>(null);

  const send = async (files: readonly File[], keep: (sent: readonly Attachment[]) => void): Promise<void> => {
    setError(null);
    try {
      const sent: Attachment[] = [];
      for (const file of files) {
        setSending(file.name);
        sent.push(await sendDocument(file));
      }
      keep(sent);
    } catch (caught) {
      setError(caught as Error);
    } finally {
      setSending('');
    }
  };
  const chooseBoq = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const found = lookAtWorkbook(new Uint8Array(await file.arrayBuffer()));
    setFaults(found);
    if (found.length === 0) await send([file], ([boq]) => onChange({ boq: boq! }));
  };
  const addDocuments = (files: readonly File[]): Promise<void> =>
    send(files.slice(0, DOCUMENTS_MAX - form.documents.length), (sent) => {
      const hashes = new Set(sent.map(({ sha256 }) => sha256));
      onChange({ documents: [...form.documents.filter(({ sha256 }) => !hashes.has(sha256)), ...sent] });
    });

  return (
    <>
      <label>
        {t('draft.boq')}
        <input type="file" accept=".xlsx" onChange={(e) => void chooseBoq(e.target.files?.[0])} />
        <span className="quiet">{t('draft.boqHint')}</span>
      </label>
      {faults.length > 0 ? (
        <ul role="alert" className="refusal">
          {faults.map((fault) => (
            <li key={fault}>{t(`draft.fault.${fault}`)}</li>
          ))}
        </ul>
      ) : null}
      {form.boq ? (
        <p>
          ✓ <FileLine file={form.boq} /> <span className="quiet">{t('draft.boqSound')}</span>
        </p>
      ) : null}
      <label>
        {t('draft.documents')}
        <input
          type="file"
          multiple
          onChange={(e) => {
            void addDocuments([...(e.target.files ?? [])]);
            e.target.value = '';
          }}
        />
        <span className="quiet">{t('draft.documentsHint')}</span>
      </label>
      <ul>
        {form.documents.map((file) => (
          <li key={file.sha256}>
            <FileLine file={file} />{' '}
            <button
              type="button"
              className="plain"
              onClick={() => onChange({ documents: form.documents.filter((other) => other !== file) })}
            >
              {t('bid.remove', { name: file.name })}
            </button>
          </li>
        ))}
      </ul>
      <p role="status">{sending === '' ? null : t('draft.sending', { name: sending })}</p>
      {error ? <Refusal error={error} /> : null}
    </>
  );
}

function FileLine({ file: { name, size, sha256 } }: { readonly file: Attachment }): ReactElement {
  return (
    <>
      {name}{' '}
      <span className="quiet">
        {Math.ceil(size / 1024)} KiB · <code title={`SHA-256 ${sha256}`}>{sha256.slice(0, 12)}…</code>
      </span>
    </>
  );
}
