import { bytesEqual } from '#kernel';
import { defaultSha256, emptyRoot, HASH_LENGTH, nodeHash, type Sha256 } from './hashing.js';
import { refusal } from './refusal.js';
import { isTreeSize } from './tree-shape.js';

export interface ConsistencyClaim {
  readonly oldSize: number;
  readonly oldRoot: Uint8Array;
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

const invalid = (message: string) => refusal('proof.invalid', message);
const half = (n: number): number => Math.floor(n / 2);
const isPowerOfTwo = (n: number): boolean => {
  let rest = n;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
};

/**
 * RFC 9162 §2.1.4.2. Returns only if the tree (`size`, `root`) begins with all leaves of (`oldSize`,
 * `oldRoot`). From size 0 the old root must be that of the empty tree and the proof empty. Refuses with
 * `proof.invalid`.
 */
export function verifyConsistency(claim: ConsistencyClaim, sha256: Sha256 = defaultSha256): void {
  const { oldSize, oldRoot, size, root, proof } = claim;
  if (!isTreeSize(oldSize) || !isTreeSize(size) || oldSize > size) throw invalid('the log became shorter');
  for (const hash of [oldRoot, root, ...proof]) {
    if (hash.length !== HASH_LENGTH) throw invalid('a hash does not have 32 bytes');
  }
  const empty = emptyRoot(sha256);
  if (oldSize === 0 && !bytesEqual(oldRoot, empty)) throw invalid('size 0 with the root of no empty tree');
  if (size === 0 && !bytesEqual(root, empty)) throw invalid('size 0 with the root of no empty tree');
  if (oldSize === 0 || oldSize === size) {
    if (proof.length !== 0) throw invalid('proof is not empty');
    if (oldSize === size && !bytesEqual(oldRoot, root)) throw invalid('two roots for one size');
    return;
  }
  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof;
  const reached = rootsFromPath(oldSize, size, path, sha256);
  if (!bytesEqual(reached.oldRoot, oldRoot)) throw invalid('proof leads to another old root');
  if (!bytesEqual(reached.root, root)) throw invalid('proof leads to another root');
}

function rootsFromPath(
  oldSize: number,
  size: number,
  path: readonly Uint8Array[],
  sha256: Sha256,
): { oldRoot: Uint8Array; root: Uint8Array } {
  const [first, ...rest] = path;
  if (!first || rest.length === 0) throw invalid('proof is shorter than the path');
  let fn = oldSize - 1;
  let sn = size - 1;
  while (fn % 2 === 1) {
    fn = half(fn);
    sn = half(sn);
  }
  let oldRoot = first;
  let root = first;
  for (const hash of rest) {
    if (sn === 0) throw invalid('proof is longer than the path');
    if (fn % 2 === 1 || fn === sn) {
      oldRoot = nodeHash(hash, oldRoot, sha256);
      root = nodeHash(hash, root, sha256);
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      root = nodeHash(root, hash, sha256);
    }
    fn = half(fn);
    sn = half(sn);
  }
  if (sn !== 0) throw invalid('proof is shorter than the path');
  return { oldRoot, root };
}
