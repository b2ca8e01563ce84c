import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../api/call.js';
import { MoreButton } from '../ui/more-button.js';
import { REGIONS } from '../ui/regions.js';
import { Refusal } from '../ui/refusal.js';
import { EntryItem } from './entry-item.js';
import { type EntryQuery, readEntryQuery } from './entry-query.js';
import { ExportButtons } from './export-buttons.js';

const PAGE_ITEMS = 50;
const TEXTS = ['tenderId', 'organisationId', 'personId', 'type'] as const;

/** Entries of the ledger by what they are about, page by page in ledger order. */
export function EntriesPage(): ReactElement {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<EntryQuery | null>(null);
  return (
    <>
      <h1>{t('entries.title')}</h1>
      <p>
        <Link to="/supervision">{t('supervision.title')}</Link>
      </p>
      <SearchForm onSearch={setAsked} />
      {asked ? <Found key={JSON.stringify(asked)} asked={asked} /> : null}
    </>
  );
}

function SearchForm({ onSearch }: { readonly onSearch: (asked: EntryQuery) => void }): ReactElement {
  const { t, i18n } = useTranslation();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onSearch(readEntryQuery(new FormData(event.currentTarget)));
  };
  return (
    <form className="card" onSubmit={submit}>
      <div className="fields">
        {TEXTS.map((name) => (
          <label key={name}>
            {t(`entries.${name}`)}
            <input name={name} spellCheck={false} autoComplete="off" />
          </label>
        ))}
        <label>
          {t('supervision.region')}
          <select name="regionCode">
            <option value="">{t('supervision.anyRegion')}</option>
            {REGIONS.map(({ code, zh, en }) => (
              <option key={code} value={code}>
                {i18n.language === 'en' ? en : zh}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('entries.from')}
          <input name="from" type="datetime-local" />
        </label>
        <label>
          {t('entries.to')}
          <input name="to" type="datetime-local" />
        </label>
      </div>
      <button type="submit" className="primary">
        {t('entries.search')}
      </button>
    </form>
  );
}

function Found({ asked }: { readonly asked: EntryQuery }): ReactElement {
  const { t } = useTranslation();
  const pages = useInfiniteQuery({
    queryKey: ['listEntries', asked],
    queryFn: ({ pageParam, signal }) =>
      call(
        'listEntries',
        { ...asked, limit: PAGE_ITEMS, ...(pageParam ? { after: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  if (pages.error) return <Refusal error={pages.error} onRetry={() => void pages.refetch()} />;
  const first = pages.data?.pages[0];
  if (!pages.data || !first) return <p role="status">{t('state.loading')}</p>;
  const { found, isExact } = first.count;
  return (
    <>
      <p role="status">{t(isExact ? 'entries.found' : 'entries.foundMore', { count: found })}</p>
      <ExportButtons wanted={{ kind: 'entries', ...asked }} />
      <ol className="notices">
        {pages.data.pages.flatMap(({ items, names }) =>
          items.map((entry) => <EntryItem key={entry.index} entry={entry} names={names} />),
        )}
      </ol>
      <MoreButton pages={pages} />
    </>
  );
}
