import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { InstantText } from '../ui/instant-text.js';
import { type Feed, useFeed } from './use-feed.js';

/** Entries of the ledger as they come, and whether any could be missing. */
export function LiveFeed(): ReactElement {
  const { t } = useTranslation();
  const feed = useFeed();
  return (
    <section className="card" aria-labelledby="feed">
      <h2 id="feed">{t('supervision.feed')}</h2>
      <Connection feed={feed} />
      {feed.entries.length === 0 ? (
        <p className="empty">{t('supervision.feedEmpty')}</p>
      ) : (
        <ol className="notices">
          {feed.entries.map(({ index, type, at, tenderId }) => (
            <li key={index}>
              <Link to={`/verify?entry=${index}`}>{t('supervision.entryNo', { index })}</Link>{' '}
              {type === null ? t('supervision.sealed') : <code>{type}</code>}{' '}
              {at === null ? null : <InstantText instant={at} />}{' '}
              {tenderId === null ? null : (
                <Link to={`/tenders/${tenderId}`}>{t('supervision.ofTender')}</Link>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Connection({ feed: { state, resumedAfter } }: { readonly feed: Feed }): ReactElement {
  const { t } = useTranslation();
  return (
    <p className={`liveness ${state === 'live' || state === 'connecting' ? '' : 'is-lost'}`} role="status">
      {t(`supervision.feedState.${state}`)}
      {resumedAfter === null ? null : ` ${t('supervision.resumed', { index: resumedAfter })}`}
    </p>
  );
}
