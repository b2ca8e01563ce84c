import { beforeAll, describe, expect, it } from '@jest/globals';
import { toHex } from '#kernel';
import {
  allShares,
  CLOSE,
  type Committee,
  committeeOf,
  OTHER_TENDER,
  refusalOf,
  seal,
  sha256Hex,
  subsets,
} from '../test-support/committee.js';
import { randomStream } from '../test-support/random-stream.js';
import { combineShares } from './combine.js';
import { decodePoint, invert, mod, pointBytes, timesPublic, ZERO } from './group.js';
import { openEnvelope } from './open.js';
import type { SealedEnvelope } from './seal.js';
import { openShare, type Share, verifyShare } from './share.js';

const committeesOf = (...sizes: readonly number[]) =>
  sizes.flatMap((n) => Array.from({ length: n - 2 }, (_, at) => [at + 2, n] as const));

describe.each(committeesOf(3, 4, 5))('%i of %i trustees', (k, n) => {
  const random = randomStream(`quorum ${k} of ${n}`);
  const committee = committeeOf(n, k, random);
  const { descriptor } = committee;
  let sealed: SealedEnvelope;
  let shares: Share[];
  const combine = (some: readonly Share[]) =>
    combineShares({ descriptor, manifest: sealed.manifest, closeEntrySha256: CLOSE, shares: some });

  beforeAll(async () => {
    sealed = await seal(committee, random);
    shares = allShares(committee, sealed.manifest, random);
  });

  it('give one identity whichever they are and in whatever order, and it opens the envelope', async () => {
    const quorums = subsets(shares, k);
    const identities = new Set(
      quorums.flatMap((quorum) => [combine(quorum), combine([...quorum].reverse())]),
    );
    expect(identities.size).toBe(1);
    const [identity] = identities;
    const { ciphertext, manifest } = sealed;
    expect(await openEnvelope({ ciphertext, identity: identity!, expected: manifest.age })).toHaveLength(2);
  });

  it('give it also when there are more than are needed', () => {
    expect(combine(shares)).toBe(combine(shares.slice(0, k)));
  });

  it('give nothing when one is missing, also when a share comes twice', async () => {
    for (const few of subsets(shares, k - 1)) {
      expect(await refusalOf(() => combine(few))).toBe('quorum.too-few');
      expect(await refusalOf(() => combine([...few, ...few]))).toBe('quorum.too-few');
    }
  });

  it('hold a secret that k of their points interpolate to and k − 1 do not', () => {
    const secrets = new Set(subsets(shares, k).map(interpolated));
    expect(secrets.size).toBe(1);
    for (const few of subsets(shares, k - 1)) expect(secrets).not.toContain(interpolated(few));
  });
});

/** How many subsets of so many have so many members. */
const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

describe.each(committeesOf(6, 7))('%i of %i trustees', (k, n) => {
  const quorums = choose(n, k);
  const tooFew = choose(n, k - 1);
  it(`open as each of ${quorums} quorums, and as none of ${tooFew} that lack one`, async () => {
    const random = randomStream(`quorum ${k} of ${n}`);
    const committee = committeeOf(n, k, random);
    const { descriptor } = committee;
    const { manifest, ciphertext } = await seal(committee, random);
    const shares = allShares(committee, manifest, random);
    const combine = (some: readonly Share[]) =>
      combineShares({ descriptor, manifest, closeEntrySha256: CLOSE, shares: some });
    const identities = subsets(shares, k).map(combine);
    expect([identities.length, new Set(identities).size]).toEqual([quorums, 1]);
    const identity = identities[0]!;
    expect(await openEnvelope({ ciphertext, identity, expected: manifest.age })).toHaveLength(2);
    const without = subsets(shares, k - 1);
    expect(without).toHaveLength(tooFew);
    for (const few of without) expect(await refusalOf(() => combine(few))).toBe('quorum.too-few');
  });
});

/** Lagrange at zero, written out once more: Σ S_i·Π j/(j − i). */
function interpolated(shares: readonly Share[]): string {
  const sum = shares.reduce((total, { i, share }) => {
    const others = shares.filter((other) => other.i !== i).map((other) => BigInt(other.i));
    const above = others.reduce((product, j) => mod(product * j), 1n);
    const below = others.reduce((product, j) => mod(product * (j - BigInt(i))), 1n);
    return total.add(timesPublic(decodePoint(share), mod(above * invert(below))));
  }, ZERO);
  return toHex(pointBytes(sum));
}

describe('a share', () => {
  const random = randomStream('share');
  const committee: Committee = committeeOf(5, 3, random);
  const { descriptor, keys } = committee;
  let sealed: SealedEnvelope;
  let successor: SealedEnvelope;
  let shares: Share[];
  beforeAll(async () => {
    sealed = await seal(committee, random);
    successor = await seal(committee, random, { seq: 2, previousManifestSha256: sha256Hex('first') });
    shares = allShares(committee, sealed.manifest, random);
  });
  const parts = () => ({ descriptor, manifest: sealed.manifest, closeEntrySha256: CLOSE });

  it('can be checked by anyone', () => {
    for (const share of shares) expect(() => verifyShare({ ...parts(), share })).not.toThrow();
  });

  it('is given with the trustee’s own key only', async () => {
    const foreign = { ...parts(), trusteeIndex: 2, key: keys[0]!, random };
    expect(await refusalOf(() => openShare(foreign))).toBe('descriptor.invalid');
    expect(await refusalOf(() => openShare({ ...foreign, trusteeIndex: 6 }))).toBe('descriptor.invalid');
  });

  it('is not given for an envelope that intake should have refused', async () => {
    const manifest = { ...sealed.manifest, seq: 2 };
    const act = () => openShare({ ...parts(), manifest, trusteeIndex: 1, key: keys[0]!, random });
    expect(await refusalOf(act)).toBe('manifest.proof-invalid');
  });

  it('is refused for another close record, another version of the bid, another envelope', async () => {
    const [share] = shares as [Share];
    const elsewhere = { ...parts(), closeEntrySha256: sha256Hex('another close entry'), share };
    expect(await refusalOf(() => verifyShare(elsewhere))).toBe('share.proof-invalid');
    const other = { ...parts(), manifest: successor.manifest, share };
    expect(await refusalOf(() => verifyShare(other))).toBe('share.proof-invalid');
  });

  it('is refused with a descriptor that names a smaller quorum', async () => {
    const act = () =>
      combineShares({ ...parts(), descriptor: { ...descriptor, k: 2 }, shares: shares.slice(0, 2) });
    expect(await refusalOf(act)).toBe('manifest.other-tender');
  });

  it('is refused with the descriptor of another tender, even one with the same trustees’ keys', async () => {
    const other = { ...descriptor, tenderId: OTHER_TENDER };
    const act = () => verifyShare({ ...parts(), descriptor: other, share: shares[0]! });
    expect(await refusalOf(act)).toBe('manifest.other-tender');
  });

  it('is refused as that of another trustee', async () => {
    const act = () => verifyShare({ ...parts(), share: { ...shares[0]!, i: 2 } });
    expect(await refusalOf(act)).toBe('share.proof-invalid');
  });

  it('of a lying trustee is refused by name, and the others still open', async () => {
    const { share } = shares[1]!;
    const lie: Share = { ...shares[0]!, share };
    const act = () => combineShares({ ...parts(), shares: [lie, ...shares.slice(1)] });
    expect(act).toThrow(expect.objectContaining({ code: 'share.proof-invalid', details: { trustee: 1 } }));
    expect(combineShares({ ...parts(), shares: shares.slice(1) })).toMatch(/^AGE-SECRET-KEY-1/);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['number 0', { i: 0 }],
    ['number 6', { i: 6 }],
    ['number 1.5', { i: 1.5 }],
    ['a number as text', { i: '1' }],
    ['a member too many', { note: 'x' }],
    ['no proof', { proof: null }],
    ['a proof with a member too many', { proof: { c: '', z: '', r: '' } }],
  ])('is malformed with %s', async (_what, changed) => {
    const share = (changed === null ? null : { ...shares[0]!, ...(changed as object) }) as Share;
    expect(await refusalOf(() => verifyShare({ ...parts(), share }))).toBe('share.malformed');
  });
});
