import { describe, expect, it } from '@jest/globals';
import { fromBase64, fromHex, utf8 } from '#kernel';
import { readVectors } from '../test-support/vectors.js';
import { emptyRoot, leafHash } from './hashing.js';
import { verifyConsistency } from './verify-consistency.js';
import { verifyInclusion } from './verify-inclusion.js';

interface Trees {
  leaves: string[];
  roots: string[];
  inclusion: { index: number; size: number; proof: string[] }[];
  consistency: { oldSize: number; size: number; proof: string[] }[];
}
interface Mutation {
  name: string;
  index?: string;
  size?: string;
  oldSize?: string;
  leaf?: string;
  root?: string;
  oldRoot?: string;
  proof?: string[];
  bit?: number;
  /** The proof must have this many hashes for the mutation to exist. */
  least?: number;
}
interface Mutations {
  someHash: string;
  inclusion: Mutation[];
  consistency: Mutation[];
  file: { content: { size1: number; size2: number; root1: string; root2: string; proof: string[] } };
}

const trees = readVectors<Trees>('rfc6962-trees');
const mutations = readVectors<Mutations>('merkle-mutations');
const someHash = fromHex(mutations.someHash);
const rootOf = (size: number): Uint8Array => fromHex(trees.roots[size - 1]!);

const CHANGES: Record<string, (n: number) => number> = {
  '-1': (n) => n - 1,
  '+1': (n) => n + 1,
  '^2': (n) => n ^ 2,
  '*2': (n) => n * 2,
  '/2': (n) => Math.floor(n / 2),
};
const changed = (n: number, how?: string): number => (how === undefined ? n : CHANGES[how]!(n));

type Named = Record<string, Uint8Array>;
const named = (roots: Named, name: string | undefined, otherwise: Uint8Array): Uint8Array =>
  name === undefined ? otherwise : roots[name]!;

/** The spoilt proofs: one, or one for each hash whose bit is flipped. */
function spoilt({ proof: parts, bit = 0 }: Mutation, proof: Uint8Array[], roots: Named): Uint8Array[][] {
  if (parts === undefined) return [proof];
  if (parts[0] === '~') {
    return proof.map((hash, i) => proof.with(i, hash.with(0, hash[0]! ^ (1 << bit))));
  }
  const list = parts.flatMap((part) => {
    if (part === '*') return proof;
    if (part === '*-') return proof.slice(0, -1);
    if (part === '*+') return proof.toSpliced(1, 0, someHash);
    return part === '' ? [new Uint8Array(0)] : [roots[part]!];
  });
  return [list];
}

/** Refused with a code; anything else, also another error, is a failure that names the case. */
const outcome = (verify: () => void): unknown => {
  try {
    verify();
    return 'taken';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

describe('mutations published with the proofs', () => {
  it.each(mutations.inclusion)('inclusion: $name is refused', (mutation) => {
    for (const { index, size, proof: hashes } of trees.inclusion) {
      const proof = hashes.map(fromHex);
      if (proof.length < (mutation.least ?? 0)) continue;
      const claim = { index, size, leafHash: leafHash(fromHex(trees.leaves[index]!)), root: rootOf(size) };
      const roots = { root: claim.root, empty: emptyRoot(), some: someHash, wrong: utf8('WrongLeaf') };
      verifyInclusion({ ...claim, proof });
      for (const wrong of spoilt(mutation, proof, roots)) {
        const changedClaim = {
          index: changed(index, mutation.index),
          size: changed(size, mutation.size),
          leafHash: named(roots, mutation.leaf, claim.leafHash),
          root: named(roots, mutation.root, claim.root),
          proof: wrong,
        };
        expect(outcome(() => verifyInclusion(changedClaim))).toBe('proof.invalid');
      }
    }
  });

  it.each(mutations.consistency)('consistency: $name is refused', (mutation) => {
    for (const { oldSize, size, proof: hashes } of trees.consistency) {
      const proof = hashes.map(fromHex);
      const claim = { oldSize, size, oldRoot: rootOf(oldSize), root: rootOf(size) };
      verifyConsistency({ ...claim, proof });
      // As published: only proofs that hold hashes are spoilt.
      if (proof.length === 0) continue;
      const roots = {
        root: claim.root,
        oldRoot: claim.oldRoot,
        first: proof[0]!,
        wrong: utf8('WrongRoot'),
      };
      for (const wrong of spoilt(mutation, proof, roots)) {
        const changedClaim = {
          oldSize: changed(oldSize, mutation.oldSize),
          size: changed(size, mutation.size),
          oldRoot: named(roots, mutation.oldRoot, claim.oldRoot),
          root: named(roots, mutation.root, claim.root),
          proof: wrong,
        };
        expect(outcome(() => verifyConsistency(changedClaim))).toBe('proof.invalid');
      }
    }
  });

  it('a published file as it is: refused, and taken once its bit is put back', () => {
    const { size1, size2, root1, root2, proof } = mutations.file.content;
    const claim = { oldSize: size1, size: size2, oldRoot: fromBase64(root1), root: fromBase64(root2) };
    const hashes = proof.map(fromBase64);
    expect(outcome(() => verifyConsistency({ ...claim, proof: hashes }))).toBe('proof.invalid');
    const right = hashes.with(1, hashes[1]!.with(0, hashes[1]![0]! ^ 16));
    expect(outcome(() => verifyConsistency({ ...claim, proof: right }))).toBe('taken');
  });
});
