import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { InstantText } from '../ui/instant-text.js';
import type { Entry } from './follow-entries.js';

/** One entry at its place, with all that the ledger holds of it on demand. */
export function EntryItem({
  entry,
  names,
  children,
}: {
  readonly entry: Entry;
  /** Of people and organisations, by id. */
  readonly names: Readonly<Record<string, string>>;
  /** What else is to be said of it. */
  readonly children?: ReactNode;
}): ReactElement {
  const { t } = useTranslation();
  const { index, type, at, personId, regionCode } = entry;
  return (
    <li className="card">
      <Link to={`/verify?entry=${index}`}>{t('supervision.entryNo', { index })}</Link>{' '}
      {type === null ? t('supervision.sealed') : <code>{type}</code>}{' '}
      {at === null ? null : <InstantText instant={at} />}{' '}
      {personId === null ? null : (names[personId] ?? personId)} {regionCode} {children}
      <details>
        <summary>{t('entries.whole')}</summary>
        <pre className="paper">{JSON.stringify(entry.entry, null, 2)}</pre>
        {entry.reveal ? (
          <>
            <p>{t('entries.revealedBy', { index: entry.reveal.index })}</p>
            <pre className="paper">{JSON.stringify(entry.reveal.event, null, 2)}</pre>
          </>
        ) : null}
      </details>
    </li>
  );
}
