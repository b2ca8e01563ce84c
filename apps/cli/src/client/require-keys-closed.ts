import { setTimeout as sleep } from 'node:timers/promises';
import { addMs, type Instant, isBefore } from '#kernel';
import type { bidderKeysAwaited, bidderKeysClosed, DataOf, EnvelopeId } from '#contracts';
import { isSealedEntry, type OpenEntry } from '#ledger';
import { asksBidderKey, type TenderDescriptor } from '#sealing';
import type { ApiClient } from './api-client.js';
import { readLedger } from './ledger-view.js';

const HOUR_MS = 3_600_000;
const LEDGER_LOOKS = 600;
const LOOK_AGAIN_MS = 100;

export interface AskedToOpen {
  readonly descriptor: TenderDescriptor;
  readonly envelopeId: EnvelopeId;
  /** Manifests of which shares are asked for. */
  readonly asked: readonly string[];
  /** The trustee's own clock; left out where none is to be asked. */
  readonly now: Instant | undefined;
}

/**
 * Before a trustee gives a share, where the tender asks for keys of bidders' own: the verified ledger must list whose
 * keys were released, the trustee must be asked for these envelopes and no others, and where one is missing the bidders
 * must have had their whole window. So neither the platform nor a bidder can choose after somebody could read.
 */
export async function requireKeysClosed(api: ApiClient, work: AskedToOpen): Promise<void> {
  const { descriptor, envelopeId } = work;
  if (!asksBidderKey(descriptor)) return;
  for (let look = 0; look < LEDGER_LOOKS; look++) {
    const { entries: all } = await readLedger(api, descriptor.ledgerKey);
    const entries = all
      .map(({ entry }) => entry)
      .filter((entry): entry is OpenEntry => !isSealedEntry(entry))
      .filter(({ tender, data }) => tender === descriptor.tenderId && data['envelopeId'] === envelopeId);
    if (checkKeysClosed(entries, work)) return;
    await sleep(LOOK_AGAIN_MS);
  }
  throw new Error('whose keys were released is not in the ledger: refused');
}

/** False while the lists are not all there. Throws an Error where they say something else than is asked. */
export function checkKeysClosed(
  entries: readonly OpenEntry[],
  { descriptor, asked, now }: Omit<AskedToOpen, 'envelopeId'>,
): boolean {
  const awaited = entries.filter(({ type }) => type === 'vault.bidder-keys-awaited');
  const closed = entries.filter(({ type }) => type === 'vault.bidder-keys-closed');
  const lists = closed.map(({ data }) => data as unknown as DataOf<typeof bidderKeysClosed>);
  const [first] = lists;
  const [window] = awaited;
  if (!first || !window || lists.length < first.parts) return false;
  const isOnce =
    awaited.length === 1 && lists.every(({ part, parts }, at) => part === at + 1 && parts === lists.length);
  if (!isOnce) throw new Error('the ledger tells more than once whose keys were released: refused');
  const keys = lists.flatMap((list) => list.keys);
  const released = keys.filter(({ releaseSha256 }) => releaseSha256 !== null);
  const expected = released.map(({ manifestSha256 }) => manifestSha256).toSorted();
  if (expected.join() !== asked.toSorted().join()) {
    throw new Error('asked to open other envelopes than those whose keys were released: refused');
  }
  if (released.length < keys.length) requireWholeWindow(descriptor, window, closed[0]!, now);
  return true;
}

function requireWholeWindow(
  { rules }: TenderDescriptor,
  { at, data }: OpenEntry,
  closed: OpenEntry,
  now: Instant | undefined,
): void {
  const { until } = data as unknown as DataOf<typeof bidderKeysAwaited>;
  const isShort = isBefore(until, addMs(at, Number(rules['bidderKeyHours'] ?? 0) * HOUR_MS));
  if (isShort || isBefore(closed.at, until) || (now !== undefined && isBefore(now, until))) {
    throw new Error('a key is missing, and its bidder did not have the whole time to release it: refused');
  }
}
