import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toHex } from '#kernel';
import {
  allShares,
  CLOSE,
  committeeOf,
  OTHER_TENDER,
  refusalOf,
  seal,
  sha256Hex,
} from '../test-support/committee.js';
import { randomStream } from '../test-support/random-stream.js';
import { combineShares } from './combine.js';
import { tenderDigest } from './descriptor.js';
import { checkManifest, type Manifest, manifestDigest } from './manifest.js';
import { openEnvelope } from './open.js';
import type { SealedEnvelope } from './seal.js';

const TRANSPLANTS = 10_000;
const random = randomStream('transplants');
const committee = committeeOf(3, 2, random);
const here = committee.descriptor;
/** The hardest neighbour: the same trustees with the same keys, as they should never be. */
const there = { ...here, tenderId: OTHER_TENDER };

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);
const changes = fc.record(
  {
    tender: fc.constant(true),
    bidderCertSha256: hash,
    envelopeId: fc.constant('technical'),
    seq: fc.integer({ min: 2, max: 0xffff }),
    prev: hash,
    age: fc.record({ sha256: hash, size: fc.integer({ min: 1, max: 2 ** 40 }) }),
    deal: fc.constantFrom<readonly (keyof Manifest)[]>(
      ['C'],
      ['Y'],
      ['proofs'],
      ['C', 'Y'],
      ['C', 'Y', 'proofs'],
    ),
  },
  { requiredKeys: [] },
);

describe('a transplanted envelope', () => {
  let mine: SealedEnvelope;
  let theirs: SealedEnvelope;
  beforeAll(async () => {
    mine = await seal(committee, random);
    theirs = await seal(committee, random, {
      bidderCertSha256: sha256Hex('competitor'),
      seq: 2,
      previousManifestSha256: sha256Hex('earlier'),
    });
  });

  it('is refused in 10,000 random combinations of tender, bidder, envelope, seq, prev, file and deal', async () => {
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(changes, async ({ tender = false, deal = [], ...fields }) => {
        fc.pre(tender || deal.length > 0 || Object.keys(fields).length > 0);
        const dealt = Object.fromEntries(deal.map((member) => [member, theirs.manifest[member]]));
        const descriptor = tender ? there : here;
        const manifest = { ...mine.manifest, ...fields, ...dealt, tid: toHex(tenderDigest(descriptor)) };
        expect(await refusalOf(() => checkManifest(descriptor, manifest))).toBe('manifest.proof-invalid');
        tried += 1;
      }),
      { numRuns: TRANSPLANTS },
    );
    expect(tried).toBeGreaterThanOrEqual(TRANSPLANTS);
  }, 1_800_000);

  it('is refused as another tender’s when it still says where it comes from', async () => {
    expect(await refusalOf(() => checkManifest(there, mine.manifest))).toBe('manifest.other-tender');
  });

  it('is refused as a copy under the competitor’s certificate, seq and prev', async () => {
    const { bidderCertSha256, seq, prev } = theirs.manifest;
    const copy = { ...mine.manifest, bidderCertSha256, seq, prev };
    expect(await refusalOf(() => checkManifest(here, copy))).toBe('manifest.proof-invalid');
  });

  it('cannot take the shares of the original with it', async () => {
    const shares = allShares(committee, mine.manifest, random);
    const copy = { ...mine.manifest, bidderCertSha256: sha256Hex('competitor') };
    expect(toHex(manifestDigest(copy))).not.toBe(toHex(manifestDigest(mine.manifest)));
    const act = () => combineShares({ descriptor: here, manifest: copy, closeEntrySha256: CLOSE, shares });
    expect(await refusalOf(act)).toBe('share.proof-invalid');
  });

  it('does not open with the identity of the manifest that it was put behind', async () => {
    const identity = combineShares({
      descriptor: here,
      manifest: theirs.manifest,
      closeEntrySha256: CLOSE,
      shares: allShares(committee, theirs.manifest, random),
    });
    const { ciphertext, manifest } = mine;
    const behind = { ciphertext, identity, expected: theirs.manifest.age };
    expect(await refusalOf(() => openEnvelope(behind))).toBe('envelope.altered');
    const act = () => openEnvelope({ ...behind, expected: manifest.age });
    expect(await refusalOf(act)).toBe('envelope.unreadable');
  });
});
