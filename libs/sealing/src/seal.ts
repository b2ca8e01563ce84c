import { concatBytes, toHex } from '#kernel';
import type { AgeEngine } from './age-engine.js';
import { dealPoints, dealtSecret, proveDeal, randomPolynomial } from './deal.js';
import { asksBidderKey, SUITE, tenderDigest, type TenderDescriptor } from './descriptor.js';
import { asSource, type EnvelopePart } from './envelope-content.js';
import { createOwnKey, envelopeKey } from './envelope-key.js';
import type { RandomBytes } from './group.js';
import { type Manifest, manifestContext, type WithdrawManifest } from './manifest.js';
import { typageEngine } from './typage-engine.js';
import type { ExpectedFile } from './watched-file.js';
import { type PartSource, writeEnvelope } from './write-envelope.js';

/** What an envelope is sealed with, its parts apart. */
interface Sealing {
  readonly descriptor: TenderDescriptor;
  readonly bidderCertSha256: string;
  readonly seq: number;
  readonly previousManifestSha256: string | null;
  readonly envelopeId: string;
  /** What the bidder's own clock says; told, never trusted. */
  readonly clientTime: string;
  readonly random: RandomBytes;
}

export interface StreamToSeal extends Sealing {
  readonly parts: readonly PartSource[];
  readonly engine: AgeEngine;
  /** Takes the age file in order, in pieces of 16 bytes to 64 KiB; the next is made when this one has been taken. */
  readonly write: (chunk: Uint8Array) => Promise<void>;
}

export interface SealedStream {
  /** To be signed by the bidder. */
  readonly manifest: Manifest;
  /** Opens the file too; stays with the bidder. */
  readonly rescueIdentity: string;
  /** Opens what is inside the file, where the tender asks for it, else null; released by the bidder at the opening. */
  readonly bidderIdentity: string | null;
}

/**
 * Seals parts so that any k trustees can open them and no fewer, and writes a plain age v1 file. Where the tender asks
 * for the bidder's own key, the content of that file is an age file to this key, and both are needed. The polynomial,
 * the keys and the proofs come from `random`; the engine draws age's file keys itself. Where it throws, what was written
 * is worth nothing. Throws as `checkDescriptor` and `writeEnvelope`, and what a part or `write` throws.
 */
export async function sealStream(input: StreamToSeal): Promise<SealedStream> {
  const { descriptor, random } = input;
  const tid = tenderDigest(descriptor);
  const polynomial = randomPolynomial(descriptor.k, random);
  const points = dealPoints(descriptor, polynomial);
  const { recipient } = await envelopeKey(dealtSecret(polynomial), tid);
  const rescue = await createOwnKey(random);
  const own = asksBidderKey(descriptor) ? await createOwnKey(random) : null;
  const age = await writeFile(input, [recipient, rescue.recipient], own?.recipient);
  const unproven = {
    v: 1 as const,
    suite: SUITE,
    kind: 'seal' as const,
    tid: toHex(tid),
    bidderCertSha256: input.bidderCertSha256,
    seq: input.seq,
    prev: input.previousManifestSha256,
    envelopeId: input.envelopeId,
    ...points,
    age,
    clientTime: input.clientTime,
    ...(own === null ? {} : { bidderKey: own.recipient }),
  } as const;
  const proofs = proveDeal(descriptor, manifestContext(unproven as Manifest), points, polynomial, random);
  return {
    manifest: { ...unproven, proofs } as Manifest,
    rescueIdentity: rescue.identity,
    bidderIdentity: own?.identity ?? null,
  };
}

/** Hash and size of the age file, once all of it is written. */
async function writeFile(
  { parts, engine, write }: StreamToSeal,
  recipients: readonly string[],
  bidderKey: string | undefined,
): Promise<ExpectedFile> {
  const archive = writeEnvelope(parts, engine.sha256);
  const content = bidderKey === undefined ? archive : engine.encrypt(archive, [bidderKey]);
  const running = engine.sha256();
  let size = 0;
  for await (const chunk of engine.encrypt(content, recipients)) {
    running.update(chunk);
    size += chunk.length;
    await write(chunk);
  }
  return { sha256: toHex(running.digest()), size };
}

export interface SealParts extends Sealing {
  readonly parts: readonly EnvelopePart[];
  /** `typageEngine` unless told otherwise. */
  readonly engine?: AgeEngine;
}

export interface SealedEnvelope extends SealedStream {
  /** A plain age v1 file. */
  readonly ciphertext: Uint8Array;
}

/** {@link sealStream} of parts in memory. Throws as it does. */
export async function sealEnvelope({
  parts,
  engine = typageEngine,
  ...sealing
}: SealParts): Promise<SealedEnvelope> {
  const chunks: Uint8Array[] = [];
  const write = (chunk: Uint8Array): Promise<void> => Promise.resolve(void chunks.push(chunk));
  const sealed = await sealStream({ ...sealing, parts: parts.map(asSource), engine, write });
  return { ...sealed, ciphertext: concatBytes(...chunks) };
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
