import { addMs, type Instant, isBefore } from '#kernel';
import type { bidderKeysAwaited, DataOf, openingProlonged } from '#contracts';
import type { OpenEntry } from '#ledger';
import type { TenderDescriptor } from '#sealing';
import { readKeysClosed } from './keys-closed.js';

const HOUR_MS = 3_600_000;

interface AskedToOpen {
  readonly descriptor: TenderDescriptor;
  /** The list of final bids in the ledger. */
  readonly listed: readonly string[];
  /** Manifests of which shares are asked for. */
  readonly asked: readonly string[];
  /** The trustee's own clock; left out where none is to be asked. */
  readonly now: Instant | undefined;
}

/**
 * Before a trustee gives a share, where the tender asks for keys of bidders' own: the verified ledger must list whose
 * keys were released, the trustee must be asked for these envelopes and no others, and where one is missing the bidders
 * must have had their whole window. So neither the platform nor a bidder can choose after somebody could read.
 * `entries` are the open ones of one tender and one kind of envelopes. Returns how many envelopes stay sealed for want
 * of a key; undefined while the lists are not all there. Throws an Error where they say something else than is asked.
 */
export function checkKeysClosed(
  entries: readonly OpenEntry[],
  { descriptor, listed, asked, now }: AskedToOpen,
): number | undefined {
  const awaited = entries.filter(({ type }) => type === 'vault.bidder-keys-awaited');
  if (awaited.length > 1) throw new Error('the ledger tells more than once until when keys come: refused');
  const keys = readKeysClosed(entries);
  if (!keys || awaited.length === 0) return undefined;
  const final = new Set(listed);
  if (!keys.every(({ manifestSha256 }) => final.has(manifestSha256))) {
    throw new Error('the ledger tells of keys to envelopes that the close record does not list: refused');
  }
  const released = keys.filter(({ releaseSha256 }) => releaseSha256 !== null);
  const expected = released.map(({ manifestSha256 }) => manifestSha256).toSorted();
  if (expected.join() !== asked.toSorted().join()) {
    throw new Error('asked to open other envelopes than those whose keys were released: refused');
  }
  const missing = keys.length - released.length;
  if (missing > 0) requireWholeWindow(entries, descriptor, now);
  return missing;
}

/** The hours of the procedure, and as much more as the ledger says after a suspension. */
function requireWholeWindow(
  entries: readonly OpenEntry[],
  { rules }: TenderDescriptor,
  now: Instant | undefined,
): void {
  const awaited = entries.find(({ type }) => type === 'vault.bidder-keys-awaited')!;
  const closed = entries.find(({ type }) => type === 'vault.bidder-keys-closed')!;
  const { until: first } = awaited.data as unknown as DataOf<typeof bidderKeysAwaited>;
  const prolonged = entries
    .filter(({ type, at }) => type === 'vault.opening-prolonged' && isBefore(at, closed.at))
    .map(({ data }) => (data as unknown as DataOf<typeof openingProlonged>).until);
  const until = [first, ...prolonged].toSorted().at(-1)!;
  const isShort = isBefore(first, addMs(awaited.at, Number(rules['bidderKeyHours'] ?? 0) * HOUR_MS));
  if (isShort || isBefore(closed.at, until) || (now !== undefined && isBefore(now, until))) {
    throw new Error('a key is missing, and its bidder did not have the whole time to release it: refused');
  }
}
