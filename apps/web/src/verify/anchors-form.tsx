import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Anchors } from './verify-order.js';

/** Keys that the visitor has from elsewhere: without them the platform's own are believed. */
export function AnchorsForm({
  anchors,
  onChange,
}: {
  readonly anchors: Anchors;
  readonly onChange: (anchors: Anchors) => void;
}): ReactElement {
  const { t } = useTranslation();
  const setKey = (text: string): void => {
    const { ledgerKey: _old, ...rest } = anchors;
    onChange(text.trim() === '' ? rest : { ...rest, ledgerKey: text.trim() });
  };
  const setAuthority = async (file: File | undefined): Promise<void> => {
    const { authorityPem: _old, ...rest } = anchors;
    onChange(file ? { ...rest, authorityPem: await file.text() } : rest);
  };
  return (
    <details className="card">
      <summary>{t('verify.anchors.title')}</summary>
      <p>{t('verify.anchors.why')}</p>
      <label>
        {t('verify.anchors.ledgerKey')}
        <input
          value={anchors.ledgerKey ?? ''}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setKey(event.target.value)}
        />
      </label>
      <label>
        {t('verify.anchors.authority')}
        <input
          type="file"
          accept=".pem,.crt,.cer"
          onChange={(event) => void setAuthority(event.target.files?.[0])}
        />
      </label>
    </details>
  );
}
