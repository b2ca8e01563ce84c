import { invariant } from '#kernel';
import { defaultSha256, emptyRoot, nodeHash, type Sha256 } from './hashing.js';
import {
  completeSubtrees,
  consistencyRanges,
  inclusionRanges,
  isTreeSize,
  splitPoint,
  type LeafRange,
} from './tree-shape.js';

/** Hash of the complete subtree of 2^level leaves that starts at leaf index · 2^level. */
export type HashAt = (level: number, index: number) => Uint8Array | Promise<Uint8Array>;

/** RFC 6962 §2.1 written as in the RFC: root of the tree over these leaf hashes. */
export function merkleRoot(leafHashes: readonly Uint8Array[], sha256: Sha256 = defaultSha256): Uint8Array {
  if (leafHashes.length === 0) return emptyRoot(sha256);
  const rootOf = (begin: number, end: number): Uint8Array => {
    if (end - begin === 1) return leafHashes[begin]!;
    const middle = begin + splitPoint(end - begin);
    return nodeHash(rootOf(begin, middle), rootOf(middle, end), sha256);
  };
  return rootOf(0, leafHashes.length);
}

/** {@link HashAt} over leaf hashes in memory; computes each subtree afresh, for small trees. */
export function hashAtOf(leafHashes: readonly Uint8Array[], sha256: Sha256 = defaultSha256): HashAt {
  return (level, index) => {
    const width = 2 ** level;
    const leaves = leafHashes.slice(index * width, (index + 1) * width);
    invariant(leaves.length === width, 'the subtree is complete');
    return merkleRoot(leaves, sha256);
  };
}

async function rangeHash(range: LeafRange, hashAt: HashAt, sha256: Sha256): Promise<Uint8Array> {
  const nodes = await Promise.all(completeSubtrees(range).map(({ level, index }) => hashAt(level, index)));
  return nodes.reduceRight((right, left) => nodeHash(left, right, sha256));
}

const rangeHashes = (ranges: readonly LeafRange[], hashAt: HashAt, sha256: Sha256): Promise<Uint8Array[]> =>
  Promise.all(ranges.map((range) => rangeHash(range, hashAt, sha256)));

/** Root of the tree of `size` leaves. */
export async function rootAt(
  size: number,
  hashAt: HashAt,
  sha256: Sha256 = defaultSha256,
): Promise<Uint8Array> {
  invariant(isTreeSize(size), 'a tree size is a safe integer');
  return size === 0 ? emptyRoot(sha256) : rangeHash({ begin: 0, end: size }, hashAt, sha256);
}

/**
 * RFC 6962 §2.1.1 audit path of leaf `index` in the tree of `size` leaves, sibling of the leaf first.
 * An index outside the tree is a bug of the caller.
 */
export function inclusionProof(
  index: number,
  size: number,
  hashAt: HashAt,
  sha256: Sha256 = defaultSha256,
): Promise<Uint8Array[]> {
  return rangeHashes(inclusionRanges(index, size), hashAt, sha256);
}

/**
 * RFC 6962 §2.1.2 proof that the tree of `size` leaves begins with the tree of `oldSize` leaves. Empty from
 * size 0 and between equal sizes.
 */
export function consistencyProof(
  oldSize: number,
  size: number,
  hashAt: HashAt,
  sha256: Sha256 = defaultSha256,
): Promise<Uint8Array[]> {
  return rangeHashes(consistencyRanges(oldSize, size), hashAt, sha256);
}
