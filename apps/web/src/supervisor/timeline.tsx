import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { MoreButton } from '../ui/more-button.js';
import { Refusal } from '../ui/refusal.js';
import { type Checked, checkTimeline } from './check-timeline.js';
import { EntryItem } from './entry-item.js';
import { ExportButtons } from './export-buttons.js';

const PAGE_ITEMS = 50;

/** What the ledger holds about a tender; the browser proves each entry itself before it says that it holds. */
export function Timeline({ tenderId }: { readonly tenderId: string }): ReactElement {
  const { t } = useTranslation();
  const pages = useInfiniteQuery({
    queryKey: ['getTimeline', tenderId],
    queryFn: async ({ pageParam, signal }) => {
      const [{ verifierKey }, page] = await Promise.all([
        call('getLedgerIdentity', {}, { signal }),
        call(
          'getTimeline',
          { tenderId, limit: PAGE_ITEMS, ...(pageParam ? { after: pageParam } : {}) },
          { signal },
        ),
      ]);
      return { ...page, checked: checkTimeline(page, verifierKey) };
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  const last = pages.data?.pages.at(-1);
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">{t('timeline.title')}</h2>
      <p className="quiet">{t('timeline.hint')}</p>
      {pages.error ? <Refusal error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <p role="status">{t('state.loading')}</p> : null}
      {last ? <p>{t('timeline.sealed', { count: last.sealed })}</p> : null}
      <ExportButtons wanted={{ kind: 'timeline', tenderId }} />
      <ol className="notices">
        {pages.data?.pages.flatMap(({ items, names, checked }) =>
          items.map((entry, i) => (
            <EntryItem key={entry.index} entry={entry} names={names}>
              <Proof checked={checked[i]!} />
            </EntryItem>
          )),
        )}
      </ol>
      <MoreButton pages={pages} />
    </section>
  );
}

function Proof({ checked }: { readonly checked: Checked }): ReactElement {
  const { t } = useTranslation();
  return checked.holds ? (
    <strong className="good">{t('timeline.holds')}</strong>
  ) : (
    <strong className="bad">{t('timeline.fault', { code: checked.code })}</strong>
  );
}
