import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Entry, followEntries, type FollowState } from './follow-entries.js';

export interface Feed {
  readonly state: 'connecting' | FollowState;
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

/** Follows all entries of the ledger from now on; after a cut it goes on after the last that was seen. */
export function useFeed(): Feed {
  const queries = useQueryClient();
  const [feed, setFeed] = useState<Feed>({ state: 'connecting', entries: [], resumedAfter: null });
  useEffect(
    () =>
      followEntries({
        onState: (state) =>
          setFeed(({ entries, resumedAfter }) => ({
            entries,
            state,
            resumedAfter: state === 'live' ? resumedAfter : (entries[0]?.index ?? null),
          })),
        onEntry: (entry) => {
          setFeed((now) => ({ ...now, entries: [entry, ...now.entries].slice(0, SHOWN_ENTRIES_MAX) }));
          for (const { begins, query } of STALE) {
            if (entry.type?.startsWith(begins)) void queries.invalidateQueries({ queryKey: [query] });
          }
        },
      }),
    [queries],
  );
  return feed;
}
