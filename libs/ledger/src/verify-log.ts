import { bytesEqual, DomainError, fromUtf8, isDomainError, toHex } from '#kernel';
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.js';
import type { IndexedEntry } from './collect-reveals.js';
import { decodeEntry } from './entry.js';
import { Frontier } from './frontier.js';
import { defaultSha256, leafHash, type Sha256 } from './hashing.js';
import { HashTileCheck, type Mismatch } from './hash-tile-check.js';
import type { NoteVerifier } from './note-key.js';
import { refusal } from './refusal.js';
import { decodeEntryBundle } from './tile-bytes.js';
import { readTileOf, type ReadFile } from './tile-reader.js';
import { TILE_WIDTH, tileWidth } from './tile.js';

export interface LogToVerify {
  /** Reads a file of the log by its path (`checkpoint`, `tile/…`); rejects where there is none. */
  readonly readFile: ReadFile;
  /** The log's own key, and those of witnesses. */
  readonly verifiers: readonly NoteVerifier[];
  /** Signed checkpoints kept from earlier; the log must begin with what each of them signed. */
  readonly keptCheckpoints?: readonly string[];
  readonly sha256?: Sha256;
}

export interface VerifiedEntry extends IndexedEntry {
  readonly leafHash: Uint8Array;
}

export interface VerifiedLog {
  readonly checkpoint: OpenedCheckpoint;
  readonly entries: readonly VerifiedEntry[];
}

/**
 * Verifies a whole log offline: the checkpoint's signature, the root recomputed from the entries, every hash
 * tile, and every kept checkpoint against the tree at its size. Refuses with the first wrong file in
 * `details.path` (for a kept checkpoint `details.keptCheckpoint`, its number): `log.truncated` for a missing
 * file, `tile.malformed` and `tile.altered` for a changed one, `checkpoint.root-mismatch` where files agree with
 * each other and not with the signature, `entry.malformed` for an entry that is none, or a code of
 * `openCheckpoint`.
 */
export async function verifyLog(log: LogToVerify): Promise<VerifiedLog> {
  const { readFile, verifiers, sha256 = defaultSha256 } = log;
  const checkpoint = await readCheckpoint(readFile, verifiers);
  const kept = openKept(log.keptCheckpoints ?? [], checkpoint, verifiers);
  const tiles = new HashTileCheck(readFile, checkpoint.size, sha256);
  const entries: VerifiedEntry[] = [];
  let frontier = Frontier.EMPTY;
  let keptMismatch = keptMismatchAt(frontier, kept, sha256);
  let entryError: unknown;

  for (let n = 0; n * TILE_WIDTH < checkpoint.size; n++) {
    const { path, bundle } = await readBundle(readFile, checkpoint.size, n);
    const hashes = bundle.map((entry) => leafHash(entry, sha256));
    for (const [i, hash] of hashes.entries()) {
      frontier = frontier.append(hash, sha256);
      keptMismatch ??= keptMismatchAt(frontier, kept, sha256);
      const index = n * TILE_WIDTH + i;
      try {
        entries.push({ index, leafHash: hash, entry: decodeEntry(bundle[i]!) });
      } catch (error) {
        // Whether the log signed this entry or a stranger changed it is known only with the root.
        entryError ??= atEntry(error, path, index);
      }
    }
    await tiles.add(hashes);
  }
  await tiles.finish();

  const isSigned = bytesEqual(frontier.root(sha256), checkpoint.root);
  if (tiles.mismatch) throw altered(tiles.mismatch, isSigned);
  if (!isSigned) throw rootMismatch(frontier, checkpoint, sha256);
  if (keptMismatch) throw keptMismatch;
  if (entryError) throw entryError;
  return { checkpoint, entries };
}

async function readCheckpoint(
  readFile: ReadFile,
  verifiers: readonly NoteVerifier[],
): Promise<OpenedCheckpoint> {
  const path = 'checkpoint';
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch {
    throw refusal('log.truncated', 'the log lacks checkpoint', { path });
  }
  let text: string;
  try {
    text = fromUtf8(bytes);
  } catch {
    throw refusal('note.malformed', 'checkpoint is not UTF-8', { path });
  }
  return withDetails({ path }, () => openCheckpoint(text, verifiers));
}

function withDetails<T>(details: Record<string, unknown>, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (isDomainError(error))
      throw new DomainError(error.code, error.message, { ...error.details, ...details });
    throw error;
  }
}

type Kept = ReadonlyMap<number, readonly { readonly number: number; readonly root: Uint8Array }[]>;

function openKept(
  notes: readonly string[],
  latest: OpenedCheckpoint,
  verifiers: readonly NoteVerifier[],
): Kept {
  const bySize = new Map<number, { number: number; root: Uint8Array }[]>();
  for (const [number, note] of notes.entries()) {
    const details = { keptCheckpoint: number };
    const { origin, size, root } = withDetails(details, () => openCheckpoint(note, verifiers));
    if (origin !== latest.origin) {
      throw refusal('checkpoint.root-mismatch', `a kept checkpoint is of another log, ${origin}`, details);
    }
    if (size > latest.size) {
      throw refusal('log.truncated', `the log had ${size} entries and now has ${latest.size}`, details);
    }
    bySize.set(size, [...(bySize.get(size) ?? []), { number, root }]);
  }
  return bySize;
}

function keptMismatchAt(frontier: Frontier, kept: Kept, sha256: Sha256): DomainError | undefined {
  const here = kept.get(frontier.size);
  if (!here) return undefined;
  const root = frontier.root(sha256);
  const wrong = here.find((checkpoint) => !bytesEqual(checkpoint.root, root));
  if (!wrong) return undefined;
  return refusal('checkpoint.root-mismatch', `the log signed other entries at size ${frontier.size} before`, {
    keptCheckpoint: wrong.number,
    size: frontier.size,
  });
}

async function readBundle(
  readFile: ReadFile,
  size: number,
  index: number,
): Promise<{ path: string; bundle: Uint8Array[] }> {
  const width = tileWidth(size, 'entries', index);
  const { path, bytes, width: stored } = await readTileOf(readFile, { level: 'entries', index, width });
  return withDetails({ path }, () => ({ path, bundle: decodeEntryBundle(bytes, stored).slice(0, width) }));
}

/**
 * If the entries lead to the signed root they are the log's, and the tile was changed. If not, the bundle that
 * disagrees with its tile was; above level 0 bundle and tile were replaced together.
 */
function altered(mismatch: Mismatch, entriesAreSigned: boolean): DomainError {
  const { tilePath: tile, bundlePath: bundle, level, position } = mismatch;
  if (entriesAreSigned) {
    return refusal('tile.altered', `${tile}: hash ${position} is not that of the entries`, {
      path: tile,
      position,
    });
  }
  const reason =
    level === 0 ? `entry ${position} does not hash to ${tile}` : `its entries do not lead to ${tile}`;
  return refusal('tile.altered', `${bundle}: ${reason}`, {
    path: bundle,
    ...(level === 0 ? { position } : {}),
  });
}

function rootMismatch(frontier: Frontier, checkpoint: OpenedCheckpoint, sha256: Sha256): DomainError {
  return refusal('checkpoint.root-mismatch', 'the entries are not those that the checkpoint signs', {
    path: 'checkpoint',
    signedRoot: toHex(checkpoint.root),
    computedRoot: toHex(frontier.root(sha256)),
  });
}

function atEntry(error: unknown, path: string, index: number): unknown {
  if (!isDomainError(error)) return error;
  return new DomainError(error.code, `${path}: entry ${index}: ${error.message}`, { path, index });
}
