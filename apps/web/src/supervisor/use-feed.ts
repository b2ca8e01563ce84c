import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { AnswerOf } from '../api/call.js';

export type Entry = AnswerOf<'listEntries'>['items'][number];

export interface Feed {
  /** `ended` is what the browser does not mend by itself: the session is over, or too many feeds are open. */
  readonly state: 'connecting' | 'live' | 'lost' | 'ended';
  /** Newest first, those that came since the page was opened. */
  readonly entries: readonly Entry[];
  /** The last entry that was seen before the connection was lost; null where none was. */
  readonly resumedAfter: number | null;
}

const SHOWN_ENTRIES_MAX = 50;

/** Lists that an entry of a type makes stale. Reading alarms is entered itself, so nothing is read for any entry. */
const STALE = [
  { begins: 'tendering.', query: 'listTenders' },
  { begins: 'audit.alarm-', query: 'listAlarms' },
] as const;

/** Follows all entries of the ledger from now on; after a cut the browser goes on after the last that it saw. */
export function useFeed(): Feed {
  const queries = useQueryClient();
  const [feed, setFeed] = useState<Feed>({ state: 'connecting', entries: [], resumedAfter: null });
  useEffect(() => {
    const source = new EventSource('/api/v1/supervision/feed');
    source.addEventListener('open', () => setFeed((now) => ({ ...now, state: 'live' })));
    source.addEventListener('error', () =>
      setFeed(({ entries }) => ({
        entries,
        state: source.readyState === EventSource.CLOSED ? 'ended' : 'lost',
        resumedAfter: entries[0]?.index ?? null,
      })),
    );
    source.addEventListener('entry', ({ data }: MessageEvent<string>) => {
      const entry = JSON.parse(data) as Entry;
      setFeed((now) => ({ ...now, entries: [entry, ...now.entries].slice(0, SHOWN_ENTRIES_MAX) }));
      for (const { begins, query } of STALE) {
        if (entry.type?.startsWith(begins)) void queries.invalidateQueries({ queryKey: [query] });
      }
    });
    return () => source.close();
  }, [queries]);
  return feed;
}
