import type { bidderKeysClosed, DataOf } from '#contracts';
import type { OpenEntry } from '#ledger';

type ReleasedKey = DataOf<typeof bidderKeysClosed>['keys'][number];

/**
 * Whose keys were released, out of the open entries for one kind of envelopes of one tender; its parts may stand in any
 * order. Undefined while one of them is missing. Throws an Error where the ledger tells it more than once.
 */
export function readKeysClosed(entries: readonly OpenEntry[]): readonly ReleasedKey[] | undefined {
  const lists = entries
    .filter(({ type }) => type === 'vault.bidder-keys-closed')
    .map(({ data }) => data as unknown as DataOf<typeof bidderKeysClosed>);
  const [first] = lists;
  if (!first || lists.length < first.parts) return undefined;
  const sorted = lists.toSorted((a, b) => a.part - b.part);
  const keys = sorted.flatMap((list) => list.keys);
  const isOnce =
    sorted.every(({ part, parts }, at) => part === at + 1 && parts === sorted.length) &&
    new Set(keys.map(({ manifestSha256 }) => manifestSha256)).size === keys.length;
  if (!isOnce) throw new Error('the ledger tells more than once whose keys were released: refused');
  return keys;
}
