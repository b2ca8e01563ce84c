import { invariant } from '#kernel';
import { defaultSha256, foldComplete, leafHash, type Sha256 } from './hashing.js';
import { refusal } from './refusal.js';
import { decodeEntryBundle, decodeHashTile, encodeEntryBundle, encodeHashTile } from './tile-bytes.js';
import { TILE_WIDTH, tilePath, tileWidth, type TileLevel } from './tile.js';
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

type Decode = (bytes: Uint8Array, width: number) => Uint8Array[];
type Encode = (items: readonly Uint8Array[]) => Uint8Array;

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

  const oldEntries = await partialAt(readTile, oldSize, 'entries', decodeEntryBundle);
  yield* chunks('entries', oldSize, [...oldEntries, ...entries], encodeEntryBundle);

  let count = oldSize;
  let added: Uint8Array[] = entries.map((entry) => leafHash(entry, sha256));
  for (let level = 0; added.length > 0; level++) {
    const hashes = [...(await partialAt(readTile, oldSize, level, decodeHashTile)), ...added];
    yield* chunks(level, count, hashes, encodeHashTile);
    added = [];
    for (let at = 0; at + TILE_WIDTH <= hashes.length; at += TILE_WIDTH) {
      added.push(foldComplete(hashes.slice(at, at + TILE_WIDTH), sha256));
    }
    count = Math.floor(count / TILE_WIDTH);
  }
}

/** Items of the partial tile at the right edge; from the full tile if an interrupted step already wrote it. */
async function partialAt(
  readTile: ReadTile,
  size: number,
  level: TileLevel,
  decode: Decode,
): Promise<Uint8Array[]> {
  const index = rightEdge(size, level);
  const width = tileWidth(size, level, index);
  if (width === 0) return [];
  const path = tilePath({ level, index, width });
  const bytes = await readTile(path);
  if (bytes) return decode(bytes, width);
  const full = await readTile(tilePath({ level, index, width: TILE_WIDTH }));
  if (full) return decode(full, TILE_WIDTH).slice(0, width);
  throw refusal('log.truncated', `the log lacks ${path}`, { path });
}

function rightEdge(size: number, level: TileLevel): number {
  let index = Math.floor(size / TILE_WIDTH);
  for (let l = level === 'entries' ? 0 : level; l > 0; l--) index = Math.floor(index / TILE_WIDTH);
  return index;
}

function* chunks(
  level: TileLevel,
  oldCount: number,
  items: readonly Uint8Array[],
  encode: Encode,
): Generator<StoredFile> {
  let index = Math.floor(oldCount / TILE_WIDTH);
  for (let at = 0; at < items.length; at += TILE_WIDTH, index++) {
    const chunk = items.slice(at, at + TILE_WIDTH);
    yield { path: tilePath({ level, index, width: chunk.length }), bytes: encode(chunk) };
  }
}
