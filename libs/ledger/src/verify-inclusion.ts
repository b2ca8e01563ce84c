import { bytesEqual } from '#kernel';
import { defaultSha256, HASH_LENGTH, nodeHash, type Sha256 } from './hashing.js';
import { refusal } from './refusal.js';
import { isTreeSize } from './tree-shape.js';

export interface InclusionClaim {
  readonly index: number;
  /** Leaves of the tree, as signed in the checkpoint. */
  readonly size: number;
  readonly leafHash: Uint8Array;
  /** Sibling of the leaf first. */
  readonly proof: readonly Uint8Array[];
  /** As signed in the checkpoint. */
  readonly root: Uint8Array;
}

const invalid = (message: string) => refusal('proof.invalid', message);
const half = (n: number): number => Math.floor(n / 2);

/**
 * RFC 9162 §2.1.3.2. Returns only if the leaf is the `index`-th of the tree of `size` leaves with this root.
 * Every length is checked; refuses with `proof.invalid`.
 */
export function verifyInclusion(claim: InclusionClaim, sha256: Sha256 = defaultSha256): void {
  const { index, size, leafHash, proof, root } = claim;
  if (!isTreeSize(size) || !isTreeSize(index) || index >= size) throw invalid('index is not below the size');
  for (const hash of [leafHash, root, ...proof]) {
    if (hash.length !== HASH_LENGTH) throw invalid('a hash does not have 32 bytes');
  }
  let fn = index;
  let sn = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (sn === 0) throw invalid('proof is longer than the path');
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash, sha256);
      // A node without right sibling rises unchanged until it is itself a right child.
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      hash = nodeHash(hash, sibling, sha256);
    }
    fn = half(fn);
    sn = half(sn);
  }
  if (sn !== 0) throw invalid('proof is shorter than the path');
  if (!bytesEqual(hash, root)) throw invalid('proof leads to another root');
}
