import { sha256 } from '@noble/hashes/sha2.js';
import { Encrypter } from 'age-encryption';
import { toHex } from '#kernel';
import { dealPoints, dealtSecret, proveDeal, randomPolynomial } from './deal.js';
import { SUITE, tenderDigest, type TenderDescriptor } from './descriptor.js';
import { type EnvelopePart, packEnvelope } from './envelope-content.js';
import { createRescueKey, envelopeKey } from './envelope-key.js';
import type { RandomBytes } from './group.js';
import { type Manifest, manifestContext, type WithdrawManifest } from './manifest.js';

export interface SealParts {
  readonly descriptor: TenderDescriptor;
  readonly bidderCertSha256: string;
  readonly seq: number;
  readonly previousManifestSha256: string | null;
  readonly envelopeId: string;
  readonly parts: readonly EnvelopePart[];
  /** What the bidder's own clock says; told, never trusted. */
  readonly clientTime: string;
  readonly random: RandomBytes;
}

export interface SealedEnvelope {
  /** To be signed by the bidder. */
  readonly manifest: Manifest;
  /** A plain age v1 file. */
  readonly ciphertext: Uint8Array;
  /** Opens the file too; stays with the bidder. */
  readonly rescueIdentity: string;
}

/**
 * Seals parts so that any k trustees can open them and no fewer. The polynomial and the proofs come from `random`;
 * age draws its file key itself. Throws as `checkDescriptor` and `packEnvelope`.
 */
export async function sealEnvelope(input: SealParts): Promise<SealedEnvelope> {
  const {
    descriptor,
    bidderCertSha256,
    seq,
    previousManifestSha256: prev,
    envelopeId,
    clientTime,
    random,
  } = input;
  const tid = tenderDigest(descriptor);
  const polynomial = randomPolynomial(descriptor.k, random);
  const points = dealPoints(descriptor, polynomial);
  const { recipient } = await envelopeKey(dealtSecret(polynomial), tid);
  const rescue = await createRescueKey(random);
  const ciphertext = await encrypt(await packEnvelope(input.parts), [recipient, rescue.recipient]);
  const unproven = {
    v: 1 as const,
    suite: SUITE,
    kind: 'seal' as const,
    tid: toHex(tid),
    bidderCertSha256,
    seq,
    prev,
    envelopeId,
    ...points,
    age: { sha256: toHex(sha256(ciphertext)), size: ciphertext.length },
    clientTime,
  } as const;
  const proofs = proveDeal(descriptor, manifestContext(unproven as Manifest), points, polynomial, random);
  return { manifest: { ...unproven, proofs } as Manifest, ciphertext, rescueIdentity: rescue.identity };
}

async function encrypt(content: Uint8Array, recipients: readonly string[]): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(content);
}

/** The manifest with which a bidder takes the bid back. */
export function withdrawManifest(input: {
  readonly descriptor: TenderDescriptor;
  readonly bidderCertSha256: string;
  readonly seq: number;
  readonly previousManifestSha256: string;
  readonly clientTime: string;
}): WithdrawManifest {
  const { descriptor, bidderCertSha256, seq, previousManifestSha256: prev, clientTime } = input;
  return {
    v: 1,
    suite: SUITE,
    kind: 'withdraw',
    tid: toHex(tenderDigest(descriptor)),
    bidderCertSha256,
    seq,
    prev,
    clientTime,
  };
}
