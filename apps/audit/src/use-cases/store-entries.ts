import { bytesEqual, invariant } from '#kernel';
import {
  decodeEntryBundle,
  filesForAppend,
  type Frontier,
  HASH_LENGTH,
  leafHash,
  parseTilePath,
  type ReadFile,
  tilePath,
  TileReader,
} from '#ledger';
import { nodeSha256 as sha256 } from '#ledger/node';
import type { ObjectStore } from '#storage';
import type { AuditPorts } from './audit-ports.js';
import { findLedgerFile, ledgerKey, readLedgerFile } from './ledger-files.js';

/** Entries that one step writes; more wait for the next, so memory does not grow with a backlog. */
const ENTRIES_MAX = 4_096;

/** Files that are written at one time. */
const FILES_AT_ONCE = 8;

/**
 * Writes the files of the entries from `frontier` up to `end` at most, durably, then reads them back. What it gives is
 * the frontier that the stored files lead to. An entry's place, and so every file, was fixed before: written again, by
 * this process or another, a file holds the same bytes, and the store refuses others with `object.exists`. Throws
 * InvariantError when what is stored, before or after, does not lead to the hashes of the rows.
 */
export async function storeEntries(
  { rows, store }: AuditPorts,
  frontier: Frontier,
  end: number,
): Promise<Frontier> {
  const to = Math.min(end, frontier.size + ENTRIES_MAX);
  const entries = await rows.sequenced(frontier.size, to);
  invariant(entries.length === to - frontier.size, 'every sequenced entry has its row');
  const next = frontier.appendAll(
    entries.map((entry) => entry.leafHash),
    sha256,
  );
  const files = new Map<string, Uint8Array>();
  const bytes = entries.map((entry) => entry.bytes);
  const readTile = findLedgerFile(store);
  for await (const file of filesForAppend({ readTile, oldSize: frontier.size, entries: bytes, sha256 }))
    files.set(file.path, file.bytes);

  const readStored = readLedgerFile(store);
  // What was wrong at the old right edge would stand under the new names for ever.
  await requireLeading((path) => resolved(files.get(path)) ?? readStored(path), files, next);
  await writeAll(store, files);
  await requireLeading(readStored, files, next);
  return next;
}

const resolved = (bytes: Uint8Array | undefined): Promise<Uint8Array> | undefined =>
  bytes && Promise.resolve(bytes);

async function writeAll(store: ObjectStore, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const all = [...files];
  for (let at = 0; at < all.length; at += FILES_AT_ONCE) {
    const some = all.slice(at, at + FILES_AT_ONCE);
    await Promise.all(some.map(([path, bytes]) => store.put(ledgerKey(path), bytes)));
  }
}

/** Hashes what is read: files must be these, bundles must lead to their tiles, and the tiles to the root. */
async function requireLeading(
  readFile: ReadFile,
  files: ReadonlyMap<string, Uint8Array>,
  expected: Frontier,
): Promise<void> {
  for (const [path, bytes] of files) {
    const read = await readFile(path);
    invariant(bytesEqual(read, bytes), `the store gives back ${path} as it was written`);
    const { level, index, width } = parseTilePath(path);
    if (level !== 'entries') continue;
    const hashes = await readFile(tilePath({ level: 0, index, width }));
    const isLed = decodeEntryBundle(read, width).every((entry, i) =>
      bytesEqual(leafHash(entry, sha256), hashes.subarray(i * HASH_LENGTH, (i + 1) * HASH_LENGTH)),
    );
    invariant(isLed && hashes.length === width * HASH_LENGTH, `${path} leads to its hash tile`);
  }
  const root = await new TileReader(readFile, expected.size, sha256).root();
  invariant(bytesEqual(root, expected.root(sha256)), 'the tiles lead to the root of the rows');
}
