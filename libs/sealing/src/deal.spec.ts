import { describe, expect, it } from '@jest/globals';
import { committeeOf, refusalOf, seal } from '../test-support/committee.js';
import { randomStream } from '../test-support/random-stream.js';
import {
  type DealtPoints,
  dealPoints,
  type Polynomial,
  proveDeal,
  randomPolynomial,
  verifyDeal,
} from './deal.js';
import type { Proof } from './dleq.js';
import { encodePoint, G, ZERO } from './group.js';
import { checkManifest, type Manifest, manifestContext } from './manifest.js';

const random = randomStream('deal');
const { descriptor } = committeeOf(5, 3, random);
const context = new Uint8Array(32).fill(7);
const polynomial = randomPolynomial(3, random);
const points = dealPoints(descriptor, polynomial);
const other = dealPoints(descriptor, randomPolynomial(3, random));

const prove = (dealt: DealtPoints, known: Polynomial = polynomial): Proof[] =>
  proveDeal(descriptor, context, dealt, known, random);
const replaced = <T>(list: readonly T[], at: number, value: T): T[] => list.with(at, value);
const swapped = <T>(list: readonly T[], a: number, b: number): T[] =>
  list.with(a, list[b]!).with(b, list[a]!);
const judge = (dealt: DealtPoints, proofs: readonly Proof[]): Promise<string> =>
  refusalOf(() => verifyDeal(descriptor, context, { ...dealt, proofs }));

const proofs = prove(points);

describe('a deal', () => {
  it('holds when every share lies on the committed polynomial', () => {
    expect(() => verifyDeal(descriptor, context, { ...points, proofs })).not.toThrow();
  });

  it('holds in no other context', async () => {
    const elsewhere = context.with(31, 8);
    expect(await refusalOf(() => verifyDeal(descriptor, elsewhere, { ...points, proofs }))).toBe(
      'manifest.proof-invalid',
    );
  });

  it.each([0, 1, 2, 3, 4])('is refused with the share of another polynomial at %i, naming it', async (at) => {
    const dealt = { C: points.C, Y: replaced(points.Y, at, other.Y[at]!) };
    for (const forged of [proofs, prove(dealt)]) {
      expect(() => verifyDeal(descriptor, context, { ...dealt, proofs: forged })).toThrow(
        expect.objectContaining({ code: 'manifest.proof-invalid', details: { trustee: at + 1 } }),
      );
    }
  });

  it('is refused with two shares swapped, with and without their proofs', async () => {
    const dealt = { C: points.C, Y: swapped(points.Y, 0, 1) };
    for (const forged of [proofs, swapped(proofs, 0, 1), prove(dealt)]) {
      expect(await judge(dealt, forged)).toBe('manifest.proof-invalid');
    }
  });

  it('is refused with one proof used for two trustees', async () => {
    expect(await judge(points, replaced(proofs, 1, proofs[0]!))).toBe('manifest.proof-invalid');
  });

  it('is refused with the commitments of another polynomial or in another order', async () => {
    expect(await judge({ C: other.C, Y: points.Y }, proofs)).toBe('manifest.proof-invalid');
    const dealt = { C: swapped(points.C, 0, 2), Y: points.Y };
    expect(await judge(dealt, prove(dealt))).toBe('manifest.proof-invalid');
  });

  it('is refused with shares on a polynomial of a higher degree than the quorum has', async () => {
    const steep = randomPolynomial(4, random);
    const dealt = dealPoints(descriptor, steep);
    expect(await judge(dealt, prove(dealt, steep))).toBe('manifest.malformed');
    const cut = { C: dealt.C.slice(0, 3), Y: dealt.Y };
    expect(await judge(cut, prove(cut, steep))).toBe('manifest.proof-invalid');
  });

  it('is refused with too few or too many commitments, shares or proofs', async () => {
    const { C, Y } = points;
    expect(await judge({ C: C.slice(1), Y }, proofs)).toBe('manifest.malformed');
    expect(await judge({ C, Y: Y.slice(1) }, proofs)).toBe('manifest.malformed');
    expect(await judge({ C, Y: [...Y, Y[0]!] }, proofs)).toBe('manifest.malformed');
    expect(await judge(points, proofs.slice(1))).toBe('manifest.malformed');
  });

  it('is refused with the identity as commitment or share', async () => {
    const nothing = encodePoint(ZERO);
    expect(await judge({ C: replaced(points.C, 0, nothing), Y: points.Y }, proofs)).toBe(
      'point.not-canonical',
    );
    expect(await judge({ C: points.C, Y: replaced(points.Y, 0, nothing) }, proofs)).toBe(
      'point.not-canonical',
    );
  });
});

describe('a manifest', () => {
  it('is refused when another part of what its deal is bound to was chosen after the proofs', async () => {
    const { manifest } = await seal({ descriptor }, random);
    expect(() => checkManifest(descriptor, manifest)).not.toThrow();
    const Y = replaced(manifest.Y, 0, encodePoint(G));
    expect(await refusalOf(() => checkManifest(descriptor, { ...manifest, Y }))).toBe(
      'manifest.proof-invalid',
    );
    expect(manifestContext({ ...manifest, Y })).not.toEqual(manifestContext(manifest));
  });

  it.each<[string, string, object]>([
    ['another suite', 'suite.unknown', { suite: 'SS2' }],
    ['another version', 'suite.unknown', { v: 2 }],
    ['a member too many', 'manifest.malformed', { note: 'x' }],
    ['a member too few', 'manifest.malformed', { clientTime: undefined }],
    ['another kind', 'manifest.malformed', { kind: 'withdraw' }],
    ['seq zero', 'manifest.malformed', { seq: 0 }],
    ['seq beyond 65535', 'manifest.malformed', { seq: 65_536 }],
    ['seq as text', 'manifest.malformed', { seq: '1' }],
    ['a hash in capitals', 'manifest.malformed', { bidderCertSha256: 'A'.repeat(64) }],
    ['prev that is no hash', 'manifest.malformed', { prev: '' }],
    ['a time that is no instant', 'manifest.malformed', { clientTime: '2026-03-01' }],
    ['an envelope that the tender does not have', 'manifest.malformed', { envelopeId: 'bribe' }],
    ['proofs that are no list', 'manifest.malformed', { proofs: {} }],
    ['a proof of null', 'manifest.malformed', { proofs: [null, null, null, null, null] }],
    ['an empty file', 'manifest.malformed', { age: { sha256: '0'.repeat(64), size: 0 } }],
    [
      'a file size that is no whole number',
      'manifest.malformed',
      { age: { sha256: '0'.repeat(64), size: 1.5 } },
    ],
  ])('is refused with %s', async (_what, code, changed) => {
    const { manifest } = await seal({ descriptor }, randomStream('malformed'));
    const given = JSON.parse(JSON.stringify({ ...manifest, ...changed })) as Manifest;
    expect(await refusalOf(() => checkManifest(descriptor, given))).toBe(code);
  });

  it.each([null, 'text', 7, []])('is refused as %j', async (value) => {
    const refused = refusalOf(() => checkManifest(descriptor, value as unknown as Manifest));
    expect(['manifest.malformed', 'suite.unknown']).toContain(await refused);
  });
});
