import { createHash, randomBytes } from 'node:crypto';
import { jcsBytes, toBase64Url, toHex, utf8 } from '#kernel';
import { type Manifest, manifestDigest, sealEnvelope, type SealParts } from '#sealing';
import { dealPoints, proveDeal, randomPolynomial } from '../../../libs/sealing/src/deal.js';
import { manifestContext } from '../../../libs/sealing/src/manifest.js';
import type { SignedManifest } from '../src/domain/bid-act.js';

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

export interface SealedForTest {
  readonly signed: SignedManifest;
  readonly manifest: Manifest;
  readonly ciphertext: Uint8Array;
  readonly rescueIdentity: string;
  readonly bidderIdentity: string | null;
}

/** A manifest as the vault keeps it. Signatures are verified at intake alone, so this one has none that holds. */
function signedOf(manifest: Manifest): SignedManifest {
  const { envelopeId, age } = manifest;
  const jws = [utf8('{}'), jcsBytes(manifest), utf8('signature')].map((part) => toBase64Url(part)).join('.');
  return { envelopeId, sha256: toHex(manifestDigest(manifest)), jws, age };
}

type What = Pick<SealParts, 'descriptor' | 'bidderCertSha256' | 'envelopeId'>;

/** An envelope with one part. */
export async function sealText(what: What, text: string): Promise<SealedForTest> {
  const { manifest, ciphertext, rescueIdentity, bidderIdentity } = await sealEnvelope({
    ...what,
    seq: 1,
    previousManifestSha256: null,
    parts: [{ name: 'offer.txt', mediaType: 'text/plain', bytes: utf8(text) }],
    clientTime: '2026-03-01T08:00:00.000Z',
    random,
  });
  return { manifest, ciphertext, rescueIdentity, bidderIdentity, signed: signedOf(manifest) };
}

/** A deal with proofs that hold, over a file that nobody can open: its bidder's doing, whatever the quorum. */
export function sealGarbage({ descriptor, bidderCertSha256, envelopeId }: What): SealedForTest {
  const ciphertext = random(300);
  const polynomial = randomPolynomial(descriptor.k, random);
  const points = dealPoints(descriptor, polynomial);
  const unproven = {
    v: 1,
    suite: 'SS1',
    kind: 'seal',
    tid: toHex(tidOf(descriptor)),
    bidderCertSha256,
    seq: 1,
    prev: null,
    envelopeId,
    ...points,
    age: { sha256: createHash('sha256').update(ciphertext).digest('hex'), size: ciphertext.length },
    clientTime: '2026-03-01T08:00:00.000Z',
  } as const;
  const proofs = proveDeal(descriptor, manifestContext(unproven), points, polynomial, random);
  const manifest: Manifest = { ...unproven, proofs };
  return { manifest, ciphertext, rescueIdentity: '', bidderIdentity: null, signed: signedOf(manifest) };
}

const tidOf = (descriptor: What['descriptor']): Uint8Array =>
  createHash('sha256').update('sunseal/1 tender\n').update(jcsBytes(descriptor)).digest();
