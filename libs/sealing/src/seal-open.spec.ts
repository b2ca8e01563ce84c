import { beforeAll, describe, expect, it } from '@jest/globals';
import { fromHex, toHex, utf8 } from '#kernel';
import {
  allShares,
  AT,
  CLOSE,
  committeeOf,
  PARTS,
  refusalOf,
  seal,
  sha256Hex,
} from '../test-support/committee.js';
import { randomStream } from '../test-support/random-stream.js';
import { combineShares } from './combine.js';
import { createOwnKey } from './envelope-key.js';
import { checkManifest, type Manifest, manifestDigest } from './manifest.js';
import { openEnvelope } from './open.js';
import { type SealedEnvelope, withdrawManifest } from './seal.js';

const random = randomStream('seal and open');
const committee = committeeOf(5, 3, random);
const { descriptor } = committee;
const identityOf = (manifest: Manifest): string =>
  combineShares({
    descriptor,
    manifest,
    closeEntrySha256: CLOSE,
    shares: allShares(committee, manifest, random).slice(2),
  });
const openWith = ({ ciphertext, manifest }: SealedEnvelope, identity: string) =>
  openEnvelope({ ciphertext, identity, expected: manifest.age });
const named = (parts: readonly { name: string; mediaType: string; bytes: Uint8Array }[]) =>
  parts.map(({ bytes, ...rest }) => ({ ...rest, hex: toHex(new Uint8Array(bytes)) }));

describe('a sealed bid', () => {
  let first: SealedEnvelope;
  let second: SealedEnvelope;
  const replacement = [{ name: 'offer.txt', mediaType: 'text/plain', bytes: utf8('the better offer') }];

  beforeAll(async () => {
    first = await seal(committee, random);
    second = await seal(committee, random, {
      seq: 2,
      previousManifestSha256: toHex(manifestDigest(first.manifest)),
      parts: replacement,
    });
  });

  it('opens to the parts that were sealed', async () => {
    expect(named(await openWith(first, identityOf(first.manifest)))).toEqual(named(PARTS));
  });

  it('opens to the replacement where it was replaced, whose manifest follows the first', async () => {
    checkManifest(descriptor, second.manifest);
    expect(fromHex(second.manifest.prev!)).toEqual(manifestDigest(first.manifest));
    expect(named(await openWith(second, identityOf(second.manifest)))).toEqual(named(replacement));
  });

  it('has a key of its own in every version: the first one’s does not open the second', async () => {
    const stale = identityOf(first.manifest);
    expect(await refusalOf(() => openWith(second, stale))).toBe('envelope.unreadable');
  });

  it('opens with the bidder’s rescue identity, and not with that of another version', async () => {
    expect(named(await openWith(second, second.rescueIdentity))).toEqual(named(replacement));
    expect(await refusalOf(() => openWith(second, first.rescueIdentity))).toBe('envelope.unreadable');
  });

  it('shows in its manifest neither identity nor parts', () => {
    const shown = JSON.stringify(first.manifest);
    expect(shown).not.toContain(first.rescueIdentity);
    for (const { name } of PARTS) expect(shown).not.toContain(name);
  });

  it('has a file of the same length whatever was sealed, within a size class', () => {
    expect(first.manifest.age.size).toBe(second.manifest.age.size);
    expect(first.ciphertext).toHaveLength(first.manifest.age.size);
  });

  it('is refused as unreadable, not as malformed, under a text that is no identity', async () => {
    expect(await refusalOf(() => openWith(first, 'AGE-SECRET-KEY-1QQ'))).toBe('envelope.unreadable');
  });

  it('sealed to the trustees without an archive inside is the bidder’s fault and is said to be so', async () => {
    const { Encrypter } = await import('age-encryption');
    const { identity, recipient } = await createOwnKey(random);
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    const ciphertext = await encrypter.encrypt(utf8('garbage'));
    const expected = { sha256: toHex(await digest(ciphertext)), size: ciphertext.length };
    const act = () => openEnvelope({ ciphertext, identity, expected });
    expect(await refusalOf(act)).toBe('envelope.content-malformed');
  });
});

describe('a withdrawal', () => {
  const manifest = withdrawManifest({
    descriptor,
    bidderCertSha256: sha256Hex('bidder'),
    seq: 2,
    previousManifestSha256: sha256Hex('first'),
    clientTime: AT,
  });

  it('holds for its tender', () => {
    expect(() => checkManifest(descriptor, manifest)).not.toThrow();
  });

  it('is refused for another tender, in another suite and with a deal in it', async () => {
    const later = { ...descriptor, deadlineAt: '2026-05-01T00:00:00.000Z' };
    expect(await refusalOf(() => checkManifest(later, manifest))).toBe('manifest.other-tender');
    const other = { ...manifest, suite: 'SS2' } as unknown as Manifest;
    expect(await refusalOf(() => checkManifest(descriptor, other))).toBe('suite.unknown');
    const mixed = { ...manifest, C: [] } as unknown as Manifest;
    expect(await refusalOf(() => checkManifest(descriptor, mixed))).toBe('manifest.malformed');
  });
});

const digest = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice()));
