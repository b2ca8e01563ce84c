import { fromHex, invariant, toHex } from '#kernel';
import { defaultSha256, emptyRoot, HASH_LENGTH, nodeHash, type Sha256 } from './hashing.js';
import { isTreeSize } from './tree-shape.js';

/** Text form of a frontier, as a database row keeps it. */
export interface FrontierJson {
  readonly size: number;
  /** Lower-case hex, largest subtree first. */
  readonly hashes: readonly string[];
}

const HEX = /^[0-9a-f]{64}$/;

function onesOf(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}

/**
 * Compact range over leaves 0 … size − 1: the roots of the complete subtrees, largest first, one for each
 * one-bit of the size. Enough to append and to know the root without any other part of the tree. Immutable.
 */
export class Frontier {
  static readonly EMPTY = new Frontier(0, []);

  readonly size: number;
  readonly hashes: readonly Uint8Array[];

  private constructor(size: number, hashes: readonly Uint8Array[]) {
    this.size = size;
    this.hashes = hashes;
  }

  static of(size: number, hashes: readonly Uint8Array[]): Frontier {
    invariant(isTreeSize(size), 'a tree size is a safe integer');
    invariant(hashes.length === onesOf(size), 'a frontier has one hash for each one-bit of its size');
    invariant(
      hashes.every((hash) => hash.length === HASH_LENGTH),
      'a frontier holds 32-byte hashes',
    );
    return new Frontier(size, [...hashes]);
  }

  /** Reads {@link toJSON}; a text that this program did not write is a broken invariant. */
  static fromJSON({ size, hashes }: FrontierJson): Frontier {
    invariant(
      hashes.every((hash) => HEX.test(hash)),
      'a frontier holds lower-case hex hashes',
    );
    return Frontier.of(size, hashes.map(fromHex));
  }

  /** The frontier with one leaf more; this one stays as it is. */
  append(leafHash: Uint8Array, sha256: Sha256 = defaultSha256): Frontier {
    return this.appendAll([leafHash], sha256);
  }

  appendAll(leafHashes: readonly Uint8Array[], sha256: Sha256 = defaultSha256): Frontier {
    const hashes = [...this.hashes];
    let size = this.size;
    for (const leafHash of leafHashes) {
      invariant(leafHash.length === HASH_LENGTH, 'a leaf hash has 32 bytes');
      let node = leafHash;
      for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
        node = nodeHash(hashes.pop()!, node, sha256);
      }
      hashes.push(node);
      size += 1;
    }
    invariant(isTreeSize(size), 'a tree size is a safe integer');
    return new Frontier(size, hashes);
  }

  /**
   * The frontier with the 2^level leaves more of which this is the root. It stands only at a multiple of their
   * number; elsewhere they make no subtree.
   */
  appendComplete(level: number, root: Uint8Array, sha256: Sha256 = defaultSha256): Frontier {
    const width = 2 ** level;
    invariant(this.size % width === 0, 'a complete subtree begins at a multiple of its width');
    invariant(root.length === HASH_LENGTH, 'a subtree hash has 32 bytes');
    const hashes = [...this.hashes];
    let node = root;
    for (let rest = this.size / width; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      node = nodeHash(hashes.pop()!, node, sha256);
    }
    const size = this.size + width;
    invariant(isTreeSize(size), 'a tree size is a safe integer');
    return new Frontier(size, [...hashes, node]);
  }

  /** RFC 6962 root of the leaves so far. */
  root(sha256: Sha256 = defaultSha256): Uint8Array {
    if (this.size === 0) return emptyRoot(sha256);
    return this.hashes.reduceRight((right, left) => nodeHash(left, right, sha256));
  }

  toJSON(): FrontierJson {
    return { size: this.size, hashes: this.hashes.map(toHex) };
  }
}
