import { bytesEqual } from '#kernel';
import {
  decodeEntry,
  decodeEntryBundle,
  defaultSha256,
  type Entry,
  type Frontier,
  leafHash,
  type OpenedCheckpoint,
  type ReadFile,
  readTileOf,
  type Sha256,
  TILE_WIDTH,
  tileWidth,
} from '#ledger';
import { asFault, LedgerFault } from './ledger-fault.js';

export interface Growth {
  readonly frontier: Frontier;
  readonly entries: readonly { readonly index: number; readonly entry: Entry }[];
}

/**
 * The entries by which the ledger grew from what is known to a checkpoint, read and hashed: appended to what is known
 * they must lead to the signed root, so the ledger continues it. Throws a LedgerFault `ledger.forked` where they do
 * not, and names a bundle that is malformed; throws as `readTileOf` where one cannot be read.
 */
export async function readGrowth(
  readFile: ReadFile,
  known: Frontier,
  { size, root }: OpenedCheckpoint,
  sha256: Sha256 = defaultSha256,
): Promise<Growth> {
  const raw: { readonly index: number; readonly path: string; readonly bytes: Uint8Array }[] = [];
  for (let n = Math.floor(known.size / TILE_WIDTH); n * TILE_WIDTH < size; n++) {
    const width = tileWidth(size, 'entries', n);
    const { path, bytes, width: stored } = await readTileOf(readFile, { level: 'entries', index: n, width });
    const bundle = await asFault(path, () => decodeEntryBundle(bytes, stored).slice(0, width));
    for (const [i, entry] of bundle.entries()) {
      const index = n * TILE_WIDTH + i;
      if (index >= known.size) raw.push({ index, path, bytes: entry });
    }
  }
  const hashes = raw.map(({ bytes }) => leafHash(bytes, sha256));
  const frontier = known.appendAll(hashes, sha256);
  if (!bytesEqual(frontier.root(sha256), root)) {
    const reason = `the checkpoint of ${size} entries does not continue the ${known.size} that were seen`;
    throw new LedgerFault('checkpoint', reason, 'ledger.forked', { size, known: known.size });
  }
  const entries = [];
  for (const { index, path, bytes } of raw) {
    entries.push({ index, entry: await asFault(path, () => decodeEntry(bytes)) });
  }
  return { frontier, entries };
}
