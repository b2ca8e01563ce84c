import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { fromUtf8, toHex } from '#kernel';
import { type AgeEngine, typageEngine } from '#sealing';
import { nodeAgeEngine } from '#sealing/node';
import { bidderKeyVector } from '../test-support/bidder-key-vector.js';
import {
  allShares,
  AT,
  CLOSE,
  type Committee,
  committeeOf,
  PARTS,
  refusalOf,
  seal,
} from '../test-support/committee.js';
import { randomStream } from '../test-support/random-stream.js';
import { inPieces } from '../test-support/streams.js';
import { type BidderKeyRelease, bidderKeyRelease, checkBidderKeyRelease } from './bidder-key.js';
import { combineShares } from './combine.js';
import { tenderDigest, type TenderDescriptor } from './descriptor.js';
import { checkManifest, type Manifest, manifestContext, manifestDigest } from './manifest.js';
import { openEnvelope } from './open.js';
import type { SealedEnvelope } from './seal.js';

const random = randomStream('bidder key');
const plain = committeeOf(4, 2, random);
const keyed: Committee = {
  ...plain,
  descriptor: { ...plain.descriptor, rules: { bidderKey: true, bidderKeyHours: 24 } },
};
const { descriptor } = keyed;
const engines: readonly (readonly [string, AgeEngine])[] = [
  ['typage', typageEngine],
  ['node', nodeAgeEngine],
];

const committeeKeyOf = (manifest: Manifest): string =>
  combineShares({
    descriptor,
    manifest,
    closeEntrySha256: CLOSE,
    shares: allShares(keyed, manifest, random).slice(1, 3),
  });

describe('an envelope with the bidder’s own key', () => {
  let own: SealedEnvelope;
  let other: SealedEnvelope;
  beforeAll(async () => {
    own = await seal(keyed, random);
    other = await seal(keyed, random);
  });

  it.each(engines)(
    'opens with both keys, by the engine %s, whichever engine sealed it',
    async (_name, engine) => {
      for (const [, sealing] of engines) {
        const sealed = await seal(keyed, random, { engine: sealing });
        const { ciphertext, manifest, bidderIdentity } = sealed;
        const identity = committeeKeyOf(manifest);
        const expected = manifest.age;
        const parts = await openEnvelope({
          ciphertext,
          identity,
          bidderIdentity: bidderIdentity!,
          expected,
          engine,
        });
        expect(parts.map(({ name }) => name)).toEqual(PARTS.map(({ name }) => name));
      }
    },
  );

  it.each(engines)(
    'shows the committee nothing but an age file to the bidder, by the engine %s',
    async (_name, engine) => {
      const { ciphertext, manifest } = own;
      const identity = committeeKeyOf(manifest);
      const pieces: Uint8Array[] = [];
      for await (const piece of engine.decrypt(inPieces(ciphertext, 50_000), identity))
        pieces.push(new Uint8Array(piece));
      const inside = Buffer.concat(pieces);
      expect(fromUtf8(inside.subarray(0, 21))).toBe('age-encryption.org/v1');
      expect(inside.includes('toc.json')).toBe(false);
      const act = () => openEnvelope({ ciphertext, identity, expected: manifest.age, engine });
      expect(await refusalOf(act)).toBe('envelope.content-malformed');
    },
  );

  it('opens neither with the rescue key alone, nor with another envelope’s key', async () => {
    const { ciphertext, manifest, rescueIdentity: identity } = own;
    const expected = manifest.age;
    const bidderIdentity = other.bidderIdentity!;
    expect(await refusalOf(() => openEnvelope({ ciphertext, identity, bidderIdentity, expected }))).toBe(
      'envelope.unreadable',
    );
    const read = await openEnvelope({ ciphertext, identity, bidderIdentity: own.bidderIdentity!, expected });
    expect(read).toHaveLength(PARTS.length);
  });

  it('that was altered is said to be altered, not unreadable', async () => {
    const { manifest, bidderIdentity } = own;
    const ciphertext = own.ciphertext.slice();
    ciphertext[ciphertext.length - 1]! ^= 1;
    const identity = committeeKeyOf(manifest);
    const act = () =>
      openEnvelope({ ciphertext, identity, bidderIdentity: bidderIdentity!, expected: manifest.age });
    expect(await refusalOf(act)).toBe('envelope.altered');
  });

  it('has one length whatever was sealed, within a size class', () => {
    expect(own.manifest.age.size).toBe(other.manifest.age.size);
  });
});

describe('a manifest', () => {
  it('names the bidder’s key where the tender asks for it, and its proofs are bound to it', async () => {
    const { manifest } = await seal(keyed, random);
    checkManifest(descriptor, manifest);
    const { manifest: second } = await seal(keyed, random);
    const swapped = { ...manifest, bidderKey: second.bidderKey! };
    expect(await refusalOf(() => checkManifest(descriptor, swapped))).toBe('manifest.proof-invalid');
  });

  it('without the key is refused where the tender asks for one, and with it where it does not', async () => {
    const { manifest } = await seal(keyed, random);
    const { bidderKey: _key, ...without } = manifest;
    expect(await refusalOf(() => checkManifest(descriptor, without))).toBe('manifest.malformed');
    const { manifest: ordinary, bidderIdentity } = await seal(plain, random);
    expect([bidderIdentity, 'bidderKey' in ordinary]).toEqual([null, false]);
    const extra = { ...ordinary, bidderKey: manifest.bidderKey! };
    expect(await refusalOf(() => checkManifest(plain.descriptor, extra))).toBe('manifest.malformed');
  });

  it.each([
    ['age1', 'a'],
    ['upper case', 'A'],
    ['a number', 1],
    ['null', null],
    ['nothing', undefined],
  ])('with %s for a key is malformed', async (_name, bidderKey) => {
    const { manifest } = await seal(keyed, random);
    const changed = { ...manifest, bidderKey } as never;
    expect(await refusalOf(() => checkManifest(descriptor, changed))).toBe('manifest.malformed');
  });

  it('with one wrong character in its key is malformed', async () => {
    const { manifest } = await seal(keyed, random);
    const last = manifest.bidderKey!.endsWith('q') ? 'p' : 'q';
    const changed = { ...manifest, bidderKey: manifest.bidderKey!.slice(0, -1) + last };
    expect(await refusalOf(() => checkManifest(descriptor, changed))).toBe('manifest.malformed');
  });
});

describe('the rule bidderKey', () => {
  it.each(['true', 1, ''])('is refused as %p: yes or no, and nothing in between', async (bidderKey) => {
    const odd = { ...descriptor, rules: { bidderKey } } as TenderDescriptor;
    expect(await refusalOf(() => tenderDigest(odd))).toBe('descriptor.invalid');
  });

  it('that says no asks for no key', async () => {
    const off = { ...plain, descriptor: { ...plain.descriptor, rules: { bidderKey: false } } };
    const { manifest } = await seal(off, random);
    expect('bidderKey' in manifest).toBe(false);
  });
});

describe('the release of a key', () => {
  let own: SealedEnvelope;
  let release: BidderKeyRelease;
  beforeAll(async () => {
    own = await seal(keyed, random);
    release = bidderKeyRelease(own.manifest, { identity: own.bidderIdentity!, clientTime: AT });
  });
  const refused = (changes: object) =>
    refusalOf(() => checkBidderKeyRelease(own.manifest, { ...release, ...changes } as BidderKeyRelease));

  it('holds for the envelope whose manifest names it', async () => {
    await checkBidderKeyRelease(own.manifest, release);
  });

  it('is refused for another version, bidder or tender', async () => {
    const other = await seal(keyed, random);
    expect(await refusalOf(() => checkBidderKeyRelease(other.manifest, release))).toBe(
      'bidder-key.other-envelope',
    );
    expect(await refused({ tid: '0'.repeat(64) })).toBe('bidder-key.other-envelope');
  });

  it('is refused with another key, with the rescue key, and with a text that is none', async () => {
    const { identity } = await bidderKeyVector();
    for (const wrong of [identity, own.rescueIdentity, `AGE-SECRET-KEY-1${'Q'.repeat(58)}`, 'x', null]) {
      expect(await refused({ identity: wrong })).toBe('bidder-key.wrong');
    }
    expect(await refused({ identity: own.bidderIdentity!.toLowerCase() })).toBe('bidder-key.wrong');
  });

  it('is refused where a manifest names no key at all', async () => {
    const { bidderKey: _key, ...without } = own.manifest;
    const of = bidderKeyRelease(without, { identity: own.bidderIdentity!, clientTime: AT });
    expect(await refusalOf(() => checkBidderKeyRelease(without, of))).toBe('bidder-key.wrong');
  });

  it('has exact members in their form', async () => {
    expect(await refused({ more: 1 })).toBe('bidder-key.malformed');
    expect(await refused({ kind: 'seal' })).toBe('bidder-key.malformed');
    expect(await refused({ manifestSha256: 'x' })).toBe('bidder-key.malformed');
    expect(await refused({ clientTime: 'now' })).toBe('bidder-key.malformed');
    expect(await refused({ suite: 'SS2' })).toBe('suite.unknown');
    expect(await refusalOf(() => checkBidderKeyRelease(own.manifest, null as never))).toBe(
      'bidder-key.malformed',
    );
  });
});

describe('the published vector with a bidder’s key', () => {
  type Vector = Awaited<ReturnType<typeof bidderKeyVector>>;
  const vector = JSON.parse(
    readFileSync(new URL('../vectors/ss1-bidder-key.json', import.meta.url), 'utf8'),
  ) as Vector;

  it('is what the seeds give', async () => {
    expect(vector).toEqual(JSON.parse(JSON.stringify(await bidderKeyVector())));
  });

  it('holds for a reader who has no secrets', async () => {
    const { manifest } = vector;
    expect(toHex(tenderDigest(vector.descriptor))).toBe(vector.tid);
    expect(toHex(manifestContext(manifest))).toBe(vector.context);
    expect(toHex(manifestDigest(manifest))).toBe(vector.manifestSha256);
    checkManifest(vector.descriptor, manifest);
    await checkBidderKeyRelease(manifest, vector.release);
  });
});
