import { invariant } from '#kernel';

/** Sizes and indices are safe integers: arithmetic below uses division, never 32-bit shifts. */
export const isTreeSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;

/** Root of the 2^level leaves that start at index · 2^level. */
export interface NodeAddress {
  readonly level: number;
  readonly index: number;
}

/** Leaves begin … end − 1. */
export interface LeafRange {
  readonly begin: number;
  readonly end: number;
}

/** RFC 6962 §2.1: the largest power of two smaller than n; n is at least 2. */
export function splitPoint(n: number): number {
  invariant(Number.isSafeInteger(n) && n >= 2, 'only two leaves or more can be split');
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The complete subtrees that make up a range of an RFC 6962 tree, largest and leftmost first. */
export function completeSubtrees({ begin, end }: LeafRange): NodeAddress[] {
  const nodes: NodeAddress[] = [];
  let at = begin;
  while (at < end) {
    let level = 0;
    let width = 1;
    while (width * 2 <= end - at) {
      width *= 2;
      level += 1;
    }
    invariant(at % width === 0, 'a range of the tree starts at a multiple of its width');
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/** RFC 6962 §2.1.1: the subtrees beside the path of a leaf, leaf side first. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  invariant(
    isTreeSize(size) && Number.isSafeInteger(index) && index >= 0 && index < size,
    'index below size',
  );
  const siblings: LeafRange[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const middle = begin + splitPoint(end - begin);
    if (index < middle) {
      siblings.push({ begin: middle, end });
      end = middle;
    } else {
      siblings.push({ begin, end: middle });
      begin = middle;
    }
  }
  return siblings.reverse();
}

/** RFC 6962 §2.1.2: the subtrees that show that the first `oldSize` leaves are those of the older tree. */
export function consistencyRanges(oldSize: number, size: number): LeafRange[] {
  invariant(isTreeSize(size) && isTreeSize(oldSize) && oldSize <= size, 'the older tree is not the larger');
  if (oldSize === 0 || oldSize === size) return [];
  const ranges: LeafRange[] = [];
  let [begin, end] = [0, size];
  while (oldSize !== end) {
    const middle = begin + splitPoint(end - begin);
    if (oldSize <= middle) {
      ranges.push({ begin: middle, end });
      end = middle;
    } else {
      ranges.push({ begin, end: middle });
      begin = middle;
    }
  }
  // The verifier knows the old root itself, so it is left out where the old tree is one left-most subtree.
  if (begin !== 0) ranges.push({ begin, end });
  return ranges.reverse();
}
