import { bytesEqual, DomainError, fromUtf8, isDomainError, toHex } from '#kernel';
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.js';
import { decodeUnsure } from './entry.js';
import { isSurelyEntry } from './entry-scan.js';
import { Frontier } from './frontier.js';
import { defaultSha256, HASH_LENGTH, type Sha256 } from './hashing.js';
import { HashTileCheck, type Mismatch } from './hash-tile-check.js';
import { KeptCheckpoints, withDetails } from './kept-checkpoints.js';
import { LeafBundle } from './leaf-bundle.js';
import { endsAsRotation, requireKeys, verifiersFor } from './log-keys.js';
import type { NoteVerifier } from './note-key.js';
import { refusal } from './refusal.js';
import { readTileOf, type ReadFile } from './tile-reader.js';
import { TILE_LEVELS, TILE_WIDTH, tileWidth } from './tile.js';
import { BundledEntry, hashAt, type VerifiedEntry } from './verified-entry.js';

export interface LogToVerify {
  /** Reads a file of the log by its path (`checkpoint`, `tile/…`); rejects where there is none. */
  readonly readFile: ReadFile;
  /** One of the log's own keys, from which its changes of keys are followed, and those of witnesses. */
  readonly verifiers: readonly NoteVerifier[];
  /** Signed checkpoints kept from earlier; the log must begin with what each of them signed. */
  readonly keptCheckpoints?: readonly string[];
  /** The portable hash by default; a program under Node passes one built on `crypto.hash`, several times faster. */
  readonly sha256?: Sha256;
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
 * `openCheckpoint`. A log whose key was changed (`KeyHistory`) must sign each size with the key of that size, else
 * `checkpoint.key-wrong`; `ledger.rotation-invalid` where a change does not hold.
 */
export async function verifyLog(log: LogToVerify): Promise<VerifiedLog> {
  const { readFile, sha256 = defaultSha256, keptCheckpoints = [] } = log;
  const note = await readCheckpoint(readFile);
  const verifiers = await verifiersFor(readFile, [note, ...keptCheckpoints], log.verifiers);
  const checkpoint = withDetails({ path: 'checkpoint' }, () => openCheckpoint(note, verifiers));
  const kept = new KeptCheckpoints(keptCheckpoints, checkpoint, verifiers, sha256);
  const rotations: VerifiedEntry[] = [];
  const tiles = new HashTileCheck(readFile, checkpoint.size, sha256);
  const entries: VerifiedEntry[] = [];
  let frontier = Frontier.EMPTY;
  kept.follow(frontier, []);
  let entryError: unknown;

  for (let n = 0; n * TILE_WIDTH < checkpoint.size; n++) {
    const { path, bundle } = await readBundle(readFile, checkpoint.size, n);
    const hashes = new Uint8Array(bundle.width * HASH_LENGTH);
    for (let i = 0; i < bundle.width; i++) {
      const input = bundle.leafInput(i);
      hashes.set(sha256(input), i * HASH_LENGTH);
      const index = n * TILE_WIDTH + i;
      // Whether the log signed a wrong entry or a stranger changed it is known only with the root.
      if (!isSurelyEntry(input, 1)) entryError ??= errorOf(bundle.entry(i), path, index);
      const entry = new BundledEntry(index, bundle, hashes);
      if (endsAsRotation(input)) rotations.push(entry);
      entries.push(entry);
    }
    if (kept.isDueBy(frontier.size + bundle.width)) kept.follow(frontier, hashesOf(hashes));
    const root = await tiles.add(hashes);
    frontier = root
      ? frontier.appendComplete(TILE_LEVELS, root, sha256)
      : frontier.appendAll(hashesOf(hashes), sha256);
  }
  await tiles.finish();

  const isSigned = bytesEqual(frontier.root(sha256), checkpoint.root);
  if (tiles.mismatch) throw altered(tiles.mismatch, isSigned);
  if (!isSigned) throw rootMismatch(frontier, checkpoint, sha256);
  if (kept.mismatch) throw kept.mismatch;
  if (entryError) throw entryError;
  requireKeys([checkpoint, ...kept.opened], log.verifiers, rotations);
  return { checkpoint, entries };
}

const hashesOf = (row: Uint8Array): Uint8Array[] =>
  Array.from({ length: row.length / HASH_LENGTH }, (_, i) => hashAt(row, i));

async function readCheckpoint(readFile: ReadFile): Promise<string> {
  const path = 'checkpoint';
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch {
    throw refusal('log.truncated', 'the log lacks checkpoint', { path });
  }
  try {
    return fromUtf8(bytes);
  } catch {
    throw refusal('note.malformed', 'checkpoint is not UTF-8', { path });
  }
}

async function readBundle(
  readFile: ReadFile,
  size: number,
  index: number,
): Promise<{ path: string; bundle: LeafBundle }> {
  const width = tileWidth(size, 'entries', index);
  const { path, bytes, width: stored } = await readTileOf(readFile, { level: 'entries', index, width });
  return withDetails({ path }, () => ({ path, bundle: new LeafBundle(bytes, stored, width) }));
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

/** Why these bytes are no entry, or undefined if they are one that is rarely written so. */
function errorOf(bytes: Uint8Array, path: string, index: number): unknown {
  try {
    decodeUnsure(bytes);
    return undefined;
  } catch (error) {
    if (!isDomainError(error)) return error;
    return new DomainError(error.code, `${path}: entry ${index}: ${error.message}`, { path, index });
  }
}
