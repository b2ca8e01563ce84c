import { type Instant, isBefore } from '#kernel';
import type { OpenEntry } from '#ledger';
import { readOpeningRecord } from '../answers/read-openings.js';
import { readLedger } from '../ledger/read-ledger.js';
import type { PlatformReader } from '../platform-reader.js';
import { type BundleEnding, endedBy, hasEntry } from './bundle-ending.js';

/** Of a tender without an award there is no bundle before it shows who took part. */
export class ShownLater extends Error {
  constructor(readonly revealAt: Instant) {
    super(`Who took part is shown on ${revealAt}; the bundle is written then.`);
    this.name = 'ShownLater';
  }
}

/**
 * How the tender ended, once the ledger has all that follows from it: then there is a bundle of it. Undefined while
 * that is still to come. Throws {@link ShownLater} where a tender without an award shows its acts on a later day.
 */
export async function tenderEnding(
  reader: PlatformReader,
  tenderId: string,
  verifierKey: string,
): Promise<BundleEnding | undefined> {
  const log = await readLedger(reader, verifierKey);
  const own = log.entries
    .map(({ entry }) => entry)
    .filter((entry): entry is OpenEntry => 'type' in entry && entry.tender === tenderId);
  const ended = endedBy(own);
  if (!ended) return undefined;
  if (ended.ending !== 'awarded') return (await isShown(reader, own)) ? ended.ending : undefined;
  if (!isReported(own)) return undefined;
  const { leftSealed } = await readOpeningRecord(reader, tenderId);
  const isTold = hasEntry(own, 'vault.envelopes-left-sealed');
  return isTold || leftSealed.length === 0 ? ended.ending : undefined;
}

/** Right after each ranking a report of how firm it is follows. */
function isReported(own: readonly OpenEntry[]): boolean {
  const count = (name: string): number =>
    own.filter(({ type }) => type === `commercial-scoring.${name}`).length;
  return count('robustness-reported') > count('evaluation-corrected');
}

/** Of a tender without an award there is a bundle once its acts are shown. Throws while that is still to come. */
async function isShown(reader: PlatformReader, own: readonly OpenEntry[]): Promise<boolean> {
  if (hasEntry(own, 'vault.reveal-completed')) return true;
  const planned = own.find(({ type }) => type === 'vault.reveal-planned')?.data['revealAt'];
  if (typeof planned === 'string' && isBefore((await reader.time()).now, planned)) {
    throw new ShownLater(planned);
  }
  return false;
}
