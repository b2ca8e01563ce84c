import { describe, expect, it } from '@jest/globals';
import { utf8 } from '#kernel';
import { emptyRoot, leafHash, nodeHash } from './hashing.js';
import { consistencyProof, hashAtOf, inclusionProof, merkleRoot } from './merkle-tree.js';
import { verifyConsistency, type ConsistencyClaim } from './verify-consistency.js';
import { verifyInclusion, type InclusionClaim } from './verify-inclusion.js';

const LARGEST = 33;
const leaves = Array.from({ length: LARGEST }, (_, i) => leafHash(utf8(`leaf ${i}`)));
const hashAt = hashAtOf(leaves);
const rootOf = Array.from({ length: LARGEST + 1 }, (_, size) => merkleRoot(leaves.slice(0, size)));
const root = (size: number): Uint8Array => rootOf[size]!;
const garbage = leafHash(utf8('garbage'));

const flipped = (hash: Uint8Array, at = 0): Uint8Array => hash.map((byte, i) => (i === at ? byte ^ 8 : byte));

/** Every way in which a list of hashes is one step from the right one. */
function* wrongPaths(proof: readonly Uint8Array[]): Generator<[string, Uint8Array[]]> {
  for (const [i, hash] of proof.entries()) {
    yield [`hash ${i} flipped at its start`, proof.with(i, flipped(hash))];
    yield [`hash ${i} flipped at its end`, proof.with(i, flipped(hash, 31))];
    yield [`hash ${i} shortened`, proof.with(i, hash.slice(1))];
    yield [`hash ${i} left out`, proof.toSpliced(i, 1)];
    yield [`hash ${i} repeated`, proof.toSpliced(i, 0, hash)];
    if (i > 0) yield [`hashes ${i - 1} and ${i} exchanged`, proof.toSpliced(i - 1, 2, hash, proof[i - 1]!)];
  }
  yield ['a hash added behind', [...proof, garbage]];
  yield ['a hash added before', [garbage, ...proof]];
  yield ['an empty hash added', [...proof, new Uint8Array(0)]];
}

/** Names of the claims that were wrongly taken. */
function taken<T>(verify: (claim: T) => void, claims: Iterable<[string, T]>): string[] {
  const accepted: string[] = [];
  for (const [name, claim] of claims) {
    try {
      verify(claim);
      accepted.push(name);
    } catch (error) {
      if ((error as { code?: string }).code !== 'proof.invalid') accepted.push(`${name}: ${String(error)}`);
    }
  }
  return accepted;
}

function* wrongInclusions(claim: InclusionClaim): Generator<[string, InclusionClaim]> {
  const name = `${claim.index} of ${claim.size}`;
  for (const index of [-1, 0.5, NaN, claim.size, claim.index + 2 ** 32])
    yield [`${name} as ${index}`, { ...claim, index }];
  for (let index = 0; index < LARGEST; index++) {
    if (index !== claim.index) yield [`${name} as index ${index}`, { ...claim, index }];
  }
  for (let size = 0; size <= LARGEST; size++) {
    if (size !== claim.size) yield [`${name} with root of ${size}`, { ...claim, root: root(size) }];
    if (size !== claim.size) yield [`${name} in the tree of ${size}`, { ...claim, size, root: root(size) }];
  }
  yield [`${name} other leaf`, { ...claim, leafHash: flipped(claim.leafHash, 31) }];
  yield [`${name} short leaf`, { ...claim, leafHash: new Uint8Array(0) }];
  yield [`${name} short root`, { ...claim, root: new Uint8Array(0) }];
  for (const [how, proof] of wrongPaths(claim.proof)) yield [`${name} ${how}`, { ...claim, proof }];
}

function* wrongConsistencies(claim: ConsistencyClaim): Generator<[string, ConsistencyClaim]> {
  const name = `${claim.oldSize} to ${claim.size}`;
  const { oldSize, size } = claim;
  for (let other = 0; other <= LARGEST; other++) {
    if (other !== oldSize) yield [`${name} from root of ${other}`, { ...claim, oldRoot: root(other) }];
    if (other !== oldSize && other !== 0 && other !== size) {
      yield [`${name} from ${other}`, { ...claim, oldSize: other, oldRoot: root(other) }];
    }
    if (other !== size) yield [`${name} to root of ${other}`, { ...claim, root: root(other) }];
  }
  for (const wrong of [-1, 0.5, NaN, size + 1]) yield [`${name} from ${wrong}`, { ...claim, oldSize: wrong }];
  yield [`${name} shrinking`, { ...claim, oldSize: size + 1, oldRoot: garbage }];
  yield [`${name} short old root`, { ...claim, oldRoot: new Uint8Array(0) }];
  yield [`${name} short root`, { ...claim, root: new Uint8Array(0) }];
  for (const [how, proof] of wrongPaths(claim.proof)) yield [`${name} ${how}`, { ...claim, proof }];
}

describe('verifyInclusion', () => {
  it('takes the proof of every leaf of every tree up to 33 leaves and no altered one', async () => {
    for (let size = 1; size <= LARGEST; size++) {
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(index, size, hashAt);
        const claim = { index, size, leafHash: leaves[index]!, proof, root: root(size) };
        verifyInclusion(claim);
        expect(taken(verifyInclusion, wrongInclusions(claim))).toEqual([]);
      }
    }
  });

  it('refuses everything of the empty tree', () => {
    const claim = { index: 0, size: 0, leafHash: emptyRoot(), proof: [], root: emptyRoot() };
    expect(taken(verifyInclusion, [['empty', claim]])).toEqual([]);
  });
});

describe('verifyConsistency', () => {
  it('takes the proof between every two trees up to 33 leaves and no altered one', async () => {
    for (let size = 0; size <= LARGEST; size++) {
      for (let oldSize = 0; oldSize <= size; oldSize++) {
        const proof = await consistencyProof(oldSize, size, hashAt);
        const claim = { oldSize, oldRoot: root(oldSize), size, root: root(size), proof };
        verifyConsistency(claim);
        // Any tree extends the empty one, so there the new root is not the proof's to fix.
        const isFree = (name: string): boolean => oldSize === 0 && size > 0 && name.includes(' to root of ');
        expect(taken(verifyConsistency, wrongConsistencies(claim)).filter((name) => !isFree(name))).toEqual(
          [],
        );
      }
    }
  });

  it('refuses a size 0 whose root is not that of the empty tree', () => {
    const claim = { oldSize: 0, oldRoot: garbage, size: 3, root: root(3), proof: [] };
    expect(taken(verifyConsistency, [['garbage', claim]])).toEqual([]);
  });
});

describe('lengths of paths', () => {
  // Here the forger also chooses the root, so that only the length of the path can give him away.
  it('refuses a longer path of inclusion that leads to the root it is shown with', async () => {
    for (let size = 1; size <= LARGEST; size++) {
      for (let index = 0; index < size; index++) {
        const path = await inclusionProof(index, size, hashAt);
        const claim = { index, size, leafHash: leaves[index]!, proof: [...path, garbage] };
        const forgedRoots = [nodeHash(garbage, root(size)), nodeHash(root(size), garbage)];
        const claims = forgedRoots.map((forged): [string, InclusionClaim] => [
          `${index} of ${size}`,
          { ...claim, root: forged },
        ]);
        expect(taken(verifyInclusion, claims)).toEqual([]);
      }
    }
  });

  it('refuses a proof of a smaller tree that is shown for a larger one', async () => {
    for (let size = 2; size <= LARGEST; size++) {
      for (let oldSize = 1; oldSize < size; oldSize++) {
        for (let shown = oldSize + 1; shown <= LARGEST; shown++) {
          const proof = await consistencyProof(oldSize, size, hashAt);
          const needed = await consistencyProof(oldSize, shown, hashAt);
          if (needed.length === proof.length) continue;
          const claim = { oldSize, oldRoot: root(oldSize), size: shown, root: root(size), proof };
          expect(taken(verifyConsistency, [[`${oldSize} to ${size} as ${shown}`, claim]])).toEqual([]);
        }
      }
    }
  });

  it('refuses a longer path of consistency that leads to both roots it is shown with', async () => {
    for (let size = 2; size <= LARGEST; size++) {
      for (let oldSize = 1; oldSize < size; oldSize++) {
        const proof = [...(await consistencyProof(oldSize, size, hashAt)), garbage];
        const oldRoot = nodeHash(garbage, root(oldSize));
        const forged = { oldSize, oldRoot, size, root: nodeHash(garbage, root(size)), proof };
        expect(taken(verifyConsistency, [[`${oldSize} to ${size}`, forged]])).toEqual([]);
      }
    }
  });
});
