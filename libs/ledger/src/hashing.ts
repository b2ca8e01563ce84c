import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { invariant } from '#kernel';

/**
 * SHA-256 of a byte string. A program may pass a faster one, e.g. the platform's native hash. It is called with
 * views of buffers that are used again, so it must neither keep its argument nor return a part of it.
 */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export const HASH_LENGTH = 32;

export const defaultSha256: Sha256 = (bytes) => nobleSha256(bytes);

// Inputs of the hashes below, used again for each: allocating them costs more than hashing a node does.
const leafInput = new Uint8Array(1 + 65_535);
const nodeInput = Uint8Array.of(1, ...new Uint8Array(2 * HASH_LENGTH));

/** RFC 6962 §2.1: SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array, sha256: Sha256 = defaultSha256): Uint8Array {
  const length = 1 + entry.length;
  const input = length <= leafInput.length ? leafInput.subarray(0, length) : new Uint8Array(length);
  input.set(entry, 1);
  return sha256(input);
}

/** RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right). Both sides are 32 bytes; anything else is a bug of the caller. */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256 = defaultSha256): Uint8Array {
  invariant(left.length === HASH_LENGTH && right.length === HASH_LENGTH, 'a node joins two 32-byte hashes');
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_LENGTH);
  return sha256(nodeInput);
}

/** Root of the empty tree: SHA-256 of the empty string. */
export function emptyRoot(sha256: Sha256 = defaultSha256): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** Root of a complete subtree from its 2^k hashes, left to right. */
export function foldComplete(hashes: readonly Uint8Array[], sha256: Sha256 = defaultSha256): Uint8Array {
  let row = hashes;
  while (row.length > 1) {
    invariant(row.length % 2 === 0, 'a complete subtree has a power of two of leaves');
    const above: Uint8Array[] = [];
    for (let i = 0; i < row.length; i += 2) above.push(nodeHash(row[i]!, row[i + 1]!, sha256));
    row = above;
  }
  invariant(row[0], 'a complete subtree has at least one leaf');
  return row[0];
}
