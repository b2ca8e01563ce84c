import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fromBase64 } from '#kernel';
import { call } from '../api/call.js';
import { Refusal } from '../ui/refusal.js';
import { saveFile } from '../ui/save-file.js';

/** Downloads the receipt: one file that proves itself offline, once its entry is in a checkpoint (some seconds). */
export function ReceiptLink({
  tenderId,
  seq,
}: {
  readonly tenderId: string;
  readonly seq: number;
}): ReactElement {
  const { t } = useTranslation();
  const [error, setError] = useState<Error | null>(null);
  const download = async (): Promise<void> => {
    setError(null);
    try {
      const { fileName, file } = await call('getReceipt', { tenderId, seq });
      saveFile(fileName, fromBase64(file), 'application/zip');
    } catch (caught) {
      setError(caught as Error);
    }
  };
  return (
    <>
      <button type="button" className="plain" onClick={() => void download()}>
        {t('bid.receipt', { seq })}
      </button>
      {error ? <Refusal error={error} onRetry={() => void download()} /> : null}
    </>
  );
}
