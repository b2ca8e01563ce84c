import { bytesEqual } from '#kernel';
import { foldComplete, type Sha256 } from './hashing.js';
import { readTileOf, type ReadFile } from './tile-reader.js';
import { TILE_WIDTH, tilePath, tileWidth } from './tile.js';
import { decodeHashTile } from './tile-bytes.js';
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
  private readonly open: { index: number; hashes: Uint8Array[] }[] = [];

  constructor(readFile: ReadFile, size: number, sha256: Sha256) {
    this.readFile = readFile;
    this.size = size;
    this.sha256 = sha256;
  }

  /** Leaf hashes of the next bundle: 256, or the rest of the log. */
  async add(leafHashes: readonly Uint8Array[]): Promise<void> {
    let level = 0;
    let added: readonly Uint8Array[] = leafHashes;
    while (added.length > 0) {
      const row = (this.open[level] ??= { index: 0, hashes: [] });
      row.hashes.push(...added);
      if (row.hashes.length < TILE_WIDTH) return;
      await this.compare(level, row.index, row.hashes);
      added = [foldComplete(row.hashes, this.sha256)];
      this.open[level] = { index: row.index + 1, hashes: [] };
      level += 1;
    }
  }

  /** After the last bundle: compares the partial tiles at the right edge. */
  async finish(): Promise<void> {
    for (const [level, { index, hashes }] of this.open.entries()) {
      if (hashes.length > 0) await this.compare(level, index, hashes);
    }
  }

  private async compare(level: number, index: number, expected: readonly Uint8Array[]): Promise<void> {
    const width = tileWidth(this.size, level, index);
    const { path, bytes, width: stored } = await readTileOf(this.readFile, { level, index, width });
    let hashes: Uint8Array[];
    try {
      hashes = decodeHashTile(bytes, stored);
    } catch {
      throw refusal('tile.malformed', `${path} does not hold ${stored} hashes`, { path });
    }
    const position = expected.findIndex((hash, i) => !bytesEqual(hash, hashes[i]!));
    if (position < 0 || (this.mismatch && this.mismatch.level <= level)) return;
    this.mismatch = { tilePath: path, bundlePath: this.bundleOf(level, index, position), level, position };
  }

  private bundleOf(level: number, index: number, position: number): string {
    const bundle = level === 0 ? index : (index * TILE_WIDTH + position) * TILE_WIDTH ** (level - 1);
    return tilePath({ level: 'entries', index: bundle, width: tileWidth(this.size, 'entries', bundle) });
  }
}
