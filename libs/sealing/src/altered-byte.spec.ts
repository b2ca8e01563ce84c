import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromUtf8, jcs, utf8 } from '#kernel';
import { allShares, CLOSE, committeeOf, refusalOf, seal } from '../test-support/committee.js';
import { randomStream } from '../test-support/random-stream.js';
import { combineShares } from './combine.js';
import { checkManifest, type Manifest } from './manifest.js';
import { openEnvelope } from './open.js';
import type { SealedEnvelope } from './seal.js';
import { type Share, verifyShare } from './share.js';

const random = randomStream('altered byte');
const committee = committeeOf(3, 2, random);
const { descriptor } = committee;

/** The value that a reader gets when one byte of its JSON was changed; undefined where it is no JSON any more. */
function readAltered(json: Uint8Array, at: number, change: number): unknown {
  try {
    return JSON.parse(fromUtf8(json.with(at, json[at]! ^ change)));
  } catch {
    return undefined;
  }
}

const isTimeAlone = (altered: Manifest, original: Manifest): boolean =>
  jcs({ ...altered, clientTime: original.clientTime }) === jcs(original);

describe('one changed byte', () => {
  let sealed: SealedEnvelope;
  let shares: Share[];
  let identity: string;

  beforeAll(async () => {
    sealed = await seal(committee, random);
    shares = allShares(committee, sealed.manifest, random);
    identity = combineShares({ descriptor, manifest: sealed.manifest, closeEntrySha256: CLOSE, shares });
  });

  const refusesShares = async (manifest: Manifest): Promise<void> => {
    const parts = { descriptor, manifest, closeEntrySha256: CLOSE, share: shares[0]! };
    expect(await refusalOf(() => verifyShare(parts))).toBe('share.proof-invalid');
  };

  it('in the time of a manifest, which no deal is bound to, makes every share of it worthless', async () => {
    const { clientTime } = sealed.manifest;
    for (const [at, digit] of [...clientTime].entries()) {
      const other = `${clientTime.slice(0, at)}${digit === '0' ? '1' : '0'}${clientTime.slice(at + 1)}`;
      await refusesShares({ ...sealed.manifest, clientTime: other });
    }
  });

  it('anywhere else in a manifest is refused', async () => {
    const json = utf8(JSON.stringify(sealed.manifest));
    const positions = fc.record({
      at: fc.nat({ max: json.length - 1 }),
      change: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(positions, async ({ at, change }) => {
        const manifest = readAltered(json, at, change) as Manifest | undefined;
        if (manifest === undefined) return;
        if (isTimeAlone(manifest, sealed.manifest)) return refusesShares(manifest);
        await refusalOf(() => checkManifest(descriptor, manifest));
      }),
      { numRuns: 500 },
    );
  });

  it('anywhere in the low bit of a manifest’s text is refused', async () => {
    const json = utf8(JSON.stringify(sealed.manifest));
    const start = fromUtf8(json).indexOf('"clientTime"');
    let refused = 0;
    for (let at = 0; at < start; at++) {
      const manifest = readAltered(json, at, 1) as Manifest | undefined;
      if (manifest !== undefined) await refusalOf(() => checkManifest(descriptor, manifest));
      refused += 1;
    }
    expect(refused).toBe(start);
  });

  it('anywhere in a share is refused', async () => {
    const [share] = shares;
    const json = utf8(JSON.stringify(share));
    for (let at = 0; at < json.length; at++) {
      const altered = readAltered(json, at, 1 + ((at * 37) % 255)) as Share | undefined;
      const lowBit = readAltered(json, at, 1) as Share | undefined;
      for (const given of [altered, lowBit]) {
        if (given === undefined) continue;
        const parts = { descriptor, manifest: sealed.manifest, closeEntrySha256: CLOSE, share: given };
        await refusalOf(() => verifyShare(parts));
      }
    }
  });

  it('anywhere in the file is refused as altered, and by age itself where the hash was changed with it', async () => {
    const { ciphertext, manifest } = sealed;
    const header = Buffer.from(ciphertext).indexOf('\n---') + 50;
    const positions = fc.record({
      at: fc.oneof(fc.nat({ max: header }), fc.nat({ max: ciphertext.length - 1 })),
      change: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(positions, async ({ at, change }) => {
        const altered = ciphertext.with(at, ciphertext[at]! ^ change);
        const asReceived = { ciphertext: altered, identity, expected: manifest.age };
        expect(await refusalOf(() => openEnvelope(asReceived))).toBe('envelope.altered');
        const sha256 = createHash('sha256').update(altered).digest('hex');
        const asForged = { ...asReceived, expected: { sha256, size: altered.length } };
        expect(await refusalOf(() => openEnvelope(asForged))).toBe('envelope.unreadable');
      }),
      { numRuns: 200 },
    );
  });

  it('in each place of the file’s header is refused by age itself, though the hash was changed with it', async () => {
    const { ciphertext } = sealed;
    const header = Buffer.from(ciphertext).indexOf('\n---');
    expect(header).toBeGreaterThan(100);
    for (let at = 0; at < header + 48; at++) {
      const altered = ciphertext.with(at, ciphertext[at]! ^ (1 + ((at * 37) % 255)));
      const sha256 = createHash('sha256').update(altered).digest('hex');
      const forged = { ciphertext: altered, identity, expected: { sha256, size: altered.length } };
      expect(await refusalOf(() => openEnvelope(forged))).toBe('envelope.unreadable');
    }
  });

  it('at the end of the file, cut or added, is refused', async () => {
    const { ciphertext, manifest } = sealed;
    for (const altered of [ciphertext.slice(0, -1), Uint8Array.of(...ciphertext, 0), new Uint8Array()]) {
      const act = () => openEnvelope({ ciphertext: altered, identity, expected: manifest.age });
      expect(await refusalOf(act)).toBe('envelope.altered');
    }
  });
});
