import { describe, expect, it } from '@jest/globals';
import { fromHex, toHex } from '#kernel';
import { readVectors } from '../test-support/vectors.js';
import { emptyRoot, leafHash, nodeHash } from './hashing.js';
import { consistencyProof, hashAtOf, inclusionProof, merkleRoot, rootAt } from './merkle-tree.js';

interface Vectors {
  leaf: { entry: string; hash: string };
  emptyRoot: string;
  leaves: string[];
  roots: string[];
  inclusion: { index: number; size: number; proof: string[] }[];
  consistency: { oldSize: number; size: number; proof: string[] }[];
}

const vectors = readVectors<Vectors>('rfc6962-trees');
const leaves = vectors.leaves.map((leaf) => leafHash(fromHex(leaf)));
const hashAt = hashAtOf(leaves);

describe('RFC 6962 trees', () => {
  it('gives the published leaf hash', () => {
    expect(toHex(leafHash(fromHex(vectors.leaf.entry)))).toBe(vectors.leaf.hash);
  });

  it('gives the published roots for 0 to 8 leaves', async () => {
    expect(toHex(emptyRoot())).toBe(vectors.emptyRoot);
    expect(toHex(await rootAt(0, hashAt))).toBe(vectors.emptyRoot);
    for (const [i, root] of vectors.roots.entries()) {
      expect(toHex(merkleRoot(leaves.slice(0, i + 1)))).toBe(root);
      expect(toHex(await rootAt(i + 1, hashAt))).toBe(root);
    }
  });

  it.each(vectors.inclusion)('gives the published audit path of leaf $index of $size', async (vector) => {
    const proof = await inclusionProof(vector.index, vector.size, hashAt);
    expect(proof.map(toHex)).toEqual(vector.proof);
  });

  it.each(vectors.consistency)('gives the published proof from $oldSize to $size', async (vector) => {
    const proof = await consistencyProof(vector.oldSize, vector.size, hashAt);
    expect(proof.map(toHex)).toEqual(vector.proof);
  });

  it('proves nothing between equal sizes or from the empty tree', async () => {
    expect(await consistencyProof(0, 8, hashAt)).toEqual([]);
    expect(await consistencyProof(8, 8, hashAt)).toEqual([]);
  });

  it('holds an index outside the tree and a hash of another length for bugs', () => {
    expect(() => inclusionProof(8, 8, hashAt)).toThrow('invariant');
    expect(() => nodeHash(new Uint8Array(31), new Uint8Array(32))).toThrow('invariant');
  });
});
