import { fromUtf8 } from '#kernel';
import type { IndexedEntry } from './collect-reveals.js';
import type { Entry } from './entry.js';
import { HASH_LENGTH } from './hashing.js';
import type { LeafBundle } from './leaf-bundle.js';
import { TILE_WIDTH } from './tile.js';

export interface VerifiedEntry extends IndexedEntry {
  readonly leafHash: Uint8Array;
}

/** Hash `i` of hashes that stand one behind the other; a copy. */
export const hashAt = (row: Uint8Array, i: number): Uint8Array =>
  row.slice(i * HASH_LENGTH, (i + 1) * HASH_LENGTH);

/**
 * An entry whose bytes were checked as `decodeEntry` does. The object is made when it is first asked for: many
 * who verify a log read few of its entries.
 */
export class BundledEntry implements VerifiedEntry {
  readonly index: number;
  private readonly bundle: LeafBundle;
  private readonly leafHashes: Uint8Array;
  private decoded: Entry | undefined;

  constructor(index: number, bundle: LeafBundle, leafHashes: Uint8Array) {
    this.index = index;
    this.bundle = bundle;
    this.leafHashes = leafHashes;
    this.decoded = undefined;
  }

  get leafHash(): Uint8Array {
    return hashAt(this.leafHashes, this.index % TILE_WIDTH);
  }

  get entry(): Entry {
    this.decoded ??= JSON.parse(fromUtf8(this.bundle.entry(this.index % TILE_WIDTH))) as Entry;
    return this.decoded;
  }
}
