import { invariant } from '#kernel';
import { HASH_LENGTH, type Sha256 } from './hashing.js';
import { readTileOf, type ReadFile } from './tile-reader.js';
import { tileRoot } from './tile-root.js';
import { TILE_WIDTH, tilePath, tileWidth } from './tile.js';
import { refusal } from './refusal.js';

/** First hash of a stored tile that is not the one recomputed from the entries. */
export interface Mismatch {
  readonly tilePath: string;
  /** Bundle from which this hash was recomputed; the first of them above level 0. */
  readonly bundlePath: string;
  readonly level: number;
  /** Position in the tile. */
  readonly position: number;
}

/** The tile of a level that is being filled, its hashes one behind the other. */
interface OpenTile {
  index: number;
  width: number;
  readonly hashes: Uint8Array;
}

/**
 * Compares every hash tile of a log with hashes recomputed from its entries, which arrive bundle by bundle in
 * order. Keeps one unfinished tile a level, so memory does not grow with the log.
 */
export class HashTileCheck {
  /** The first disagreement of the lowest level that has one, or undefined. */
  mismatch: Mismatch | undefined;

  private readonly readFile: ReadFile;
  private readonly size: number;
  private readonly sha256: Sha256;
  private readonly open: OpenTile[] = [];

  constructor(readFile: ReadFile, size: number, sha256: Sha256) {
    this.readFile = readFile;
    this.size = size;
    this.sha256 = sha256;
  }

  /**
   * Leaf hashes of the next bundle, one behind the other: 256, or the rest of the log. Gives the root of the
   * full tile, or undefined for the rest.
   */
  async add(leafHashes: Uint8Array): Promise<Uint8Array | undefined> {
    const root = await this.fill(0, leafHashes);
    let filled = root;
    for (let level = 1; filled; level++) filled = await this.fill(level, filled);
    return root;
  }

  /** After the last bundle: compares the partial tiles at the right edge. */
  async finish(): Promise<void> {
    for (const [level, { index, width, hashes }] of this.open.entries()) {
      if (width > 0) await this.compare(level, index, hashes.subarray(0, width * HASH_LENGTH));
    }
  }

  /** Adds to the open tile of a level; when it is full, compares it and gives its root. */
  private async fill(level: number, added: Uint8Array): Promise<Uint8Array | undefined> {
    const tile = (this.open[level] ??= {
      index: 0,
      width: 0,
      hashes: new Uint8Array(TILE_WIDTH * HASH_LENGTH),
    });
    invariant(tile.width === 0 || added.length === HASH_LENGTH, 'bundles arrive whole and in order');
    tile.hashes.set(added, tile.width * HASH_LENGTH);
    tile.width += added.length / HASH_LENGTH;
    if (tile.width < TILE_WIDTH) return undefined;
    await this.compare(level, tile.index, tile.hashes);
    tile.index += 1;
    tile.width = 0;
    return tileRoot(tile.hashes, this.sha256);
  }

  private async compare(level: number, index: number, expected: Uint8Array): Promise<void> {
    const width = tileWidth(this.size, level, index);
    const { path, bytes, width: stored } = await readTileOf(this.readFile, { level, index, width });
    if (bytes.length !== stored * HASH_LENGTH) {
      throw refusal('tile.malformed', `${path} does not hold ${stored} hashes`, { path });
    }
    // A full tile may stand for a partial one: then only its beginning is compared.
    const differs = firstDifference(expected, bytes);
    if (differs < 0 || (this.mismatch && this.mismatch.level <= level)) return;
    const position = Math.floor(differs / HASH_LENGTH);
    this.mismatch = { tilePath: path, bundlePath: this.bundleOf(level, index, position), level, position };
  }

  private bundleOf(level: number, index: number, position: number): string {
    const bundle = level === 0 ? index : (index * TILE_WIDTH + position) * TILE_WIDTH ** (level - 1);
    return tilePath({ level: 'entries', index: bundle, width: tileWidth(this.size, 'entries', bundle) });
  }
}

function firstDifference(expected: Uint8Array, bytes: Uint8Array): number {
  for (let i = 0; i < expected.length; i++) if (expected[i] !== bytes[i]) return i;
  return -1;
}
