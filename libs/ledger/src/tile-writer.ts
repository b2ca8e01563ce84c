import { concatBytes, invariant } from '#kernel';
import { defaultSha256, HASH_LENGTH, leafHash, type Sha256 } from './hashing.js';
import { refusal } from './refusal.js';
import { decodeEntryBundle, encodeEntryBundle } from './tile-bytes.js';
import { tileRoot } from './tile-root.js';
import { countAtLevel, TILE_WIDTH, tilePath, tileWidth, type TileLevel } from './tile.js';
import { isTreeSize } from './tree-shape.js';

/** Bytes of a stored file, or undefined where there is none. */
export type ReadTile = (path: string) => Promise<Uint8Array | undefined>;

export interface StoredFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Append {
  readonly readTile: ReadTile;
  /** Leaves that the log already has. */
  readonly oldSize: number;
  readonly entries: readonly Uint8Array[];
  readonly sha256?: Sha256;
}

const TILE_BYTES = TILE_WIDTH * HASH_LENGTH;

/**
 * The files that appending entries adds: bundles first, then hash tiles level by level, each full tile once and
 * the partial ones of the new size (see `tilesForAppend`). Reads back only the partial tiles at the old right
 * edge, one a level. The same old size and entries give the same files again, so a step that was interrupted is
 * simply repeated. Refuses with `log.truncated` if an old partial tile is gone, with `tile.malformed` if it has
 * another length, and with `entry.too-large`.
 */
export async function* filesForAppend(append: Append): AsyncGenerator<StoredFile, void, undefined> {
  const { readTile, oldSize, entries, sha256 = defaultSha256 } = append;
  invariant(isTreeSize(oldSize) && isTreeSize(oldSize + entries.length), 'a tree size is a safe integer');
  if (entries.length === 0) return;

  yield* bundlesFor(append);

  let count = oldSize;
  let added = new Uint8Array(entries.length * HASH_LENGTH);
  for (const [i, entry] of entries.entries()) added.set(leafHash(entry, sha256), i * HASH_LENGTH);
  for (let level = 0; added.length > 0; level++) {
    const hashes = concatBytes(await partialHashes(readTile, oldSize, level), added);
    const full = Math.floor(hashes.length / TILE_BYTES);
    added = new Uint8Array(full * HASH_LENGTH);
    for (let at = 0, index = Math.floor(count / TILE_WIDTH); at < hashes.length; at += TILE_BYTES, index++) {
      const bytes = hashes.slice(at, at + TILE_BYTES);
      if (bytes.length === TILE_BYTES) added.set(tileRoot(bytes, sha256), (at / TILE_BYTES) * HASH_LENGTH);
      yield { path: tilePath({ level, index, width: bytes.length / HASH_LENGTH }), bytes };
    }
    count = Math.floor(count / TILE_WIDTH);
  }
}

async function* bundlesFor({ readTile, oldSize, entries }: Append): AsyncGenerator<StoredFile> {
  const old = await partialAt(readTile, oldSize, 'entries');
  const before = old ? decodeEntryBundle(old.bytes, old.stored).slice(0, old.width) : [];
  const all = [...before, ...entries];
  let index = Math.floor(oldSize / TILE_WIDTH);
  for (let at = 0; at < all.length; at += TILE_WIDTH, index++) {
    const chunk = all.slice(at, at + TILE_WIDTH);
    yield {
      path: tilePath({ level: 'entries', index, width: chunk.length }),
      bytes: encodeEntryBundle(chunk),
    };
  }
}

/** Hashes of the partial tile at the right edge, one behind the other. */
async function partialHashes(readTile: ReadTile, size: number, level: number): Promise<Uint8Array> {
  const old = await partialAt(readTile, size, level);
  if (!old) return new Uint8Array(0);
  const { bytes, stored, width } = old;
  if (bytes.length !== stored * HASH_LENGTH) {
    throw refusal('tile.malformed', `tile has ${bytes.length} bytes instead of ${stored * HASH_LENGTH}`);
  }
  return bytes.subarray(0, width * HASH_LENGTH);
}

interface PartialTile {
  readonly bytes: Uint8Array;
  /** Items in the file, and those of them that the size has. */
  readonly stored: number;
  readonly width: number;
}

/** The partial tile at the right edge; the full one if an interrupted step already wrote it. */
async function partialAt(
  readTile: ReadTile,
  size: number,
  level: TileLevel,
): Promise<PartialTile | undefined> {
  const index = Math.floor(countAtLevel(size, level) / TILE_WIDTH);
  const width = tileWidth(size, level, index);
  if (width === 0) return undefined;
  const path = tilePath({ level, index, width });
  const bytes = await readTile(path);
  if (bytes) return { bytes, stored: width, width };
  const full = await readTile(tilePath({ level, index, width: TILE_WIDTH }));
  if (full) return { bytes: full, stored: TILE_WIDTH, width };
  throw refusal('log.truncated', `the log lacks ${path}`, { path });
}
