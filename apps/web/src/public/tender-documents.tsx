import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, type AnswerOf } from '../api/call.js';

export function TenderDocuments({ tender }: { readonly tender: AnswerOf<'getTender'> }): ReactElement {
  const { t } = useTranslation();
  const files = [{ ...tender.boq, name: `${t('tender.boq')} · ${tender.boq.name}` }, ...tender.documents];
  return (
    <section className="card">
      <h2>{t('tender.documents')}</h2>
      <ul>
        {files.map(({ name, sha256, size }) => (
          <li key={sha256}>
            <a href={addressOf('readTenderDocument', { tenderId: tender.tenderId, sha256 })} download>
              {name}
            </a>{' '}
            <span className="quiet">
              {Math.ceil(size / 1024)} KiB · <code title={`SHA-256 ${sha256}`}>{sha256.slice(0, 12)}…</code>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
