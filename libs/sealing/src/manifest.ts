import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, fromHex, isInstant, jcsBytes, toHex, utf8 } from '#kernel';
import { type ReadPoints, readDealt, verifyDeal } from './deal.js';
import { asksBidderKey, SUITE, tenderDigest, type TenderDescriptor } from './descriptor.js';
import type { Proof } from './dleq.js';
import { isRecipient } from './envelope-key.js';
import { lp, uint32, uint64 } from './framing.js';
import { refusal } from './refuse.js';

/** What a bidder signs for one sealed envelope: the deal to the trustees and the hash of the age file. */
export interface Manifest {
  readonly v: 1;
  readonly suite: 'SS1';
  readonly kind: 'seal';
  /** Hex of the tender's digest. */
  readonly tid: string;
  readonly bidderCertSha256: string;
  /** 1 for the first version of a bid, one more for each later act. */
  readonly seq: number;
  /** Digest of the manifest that this one follows; null for the first. */
  readonly prev: string | null;
  readonly envelopeId: string;
  /** Commitments to the polynomial, k points. */
  readonly C: readonly string[];
  /** Encrypted shares, n points. */
  readonly Y: readonly string[];
  readonly proofs: readonly Proof[];
  readonly age: { readonly sha256: string; readonly size: number };
  /** `age1…`, the bidder's own key below the committee's; there where the tender asks for one, and nowhere else. */
  readonly bidderKey?: string;
  readonly clientTime: string;
}

/** What a bidder signs to take a bid back. */
export interface WithdrawManifest {
  readonly v: 1;
  readonly suite: 'SS1';
  readonly kind: 'withdraw';
  readonly tid: string;
  readonly bidderCertSha256: string;
  readonly seq: number;
  readonly prev: string | null;
  readonly clientTime: string;
}

const SEAL_KEYS = 'C,Y,age,bidderCertSha256,clientTime,envelopeId,kind,prev,proofs,seq,suite,tid,v';
const SEAL_KEYS_WITH_BIDDER_KEY = SEAL_KEYS.replace(',clientTime', ',bidderKey,clientTime');
const WITHDRAW_KEYS = 'bidderCertSha256,clientTime,kind,prev,seq,suite,tid,v';
const HEX = /^[0-9a-f]{64}$/;

/** SHA-256 of the manifest in canonical form: how receipts, close record and successors name it. */
export const manifestDigest = (manifest: Manifest | WithdrawManifest): Uint8Array =>
  sha256(jcsBytes(manifest));

/** SHA-256 over everything the deal is bound to; see docs/protocol/sealing.md for the order. */
export function manifestContext(
  manifest: Omit<Manifest, 'proofs'>,
  read: ReadPoints = readDealt(manifest),
): Uint8Array {
  const { tid, bidderCertSha256, seq, prev, envelopeId, age, bidderKey } = manifest;
  const parts = [
    utf8('sunseal/1 ctx'),
    fromHex(tid),
    fromHex(bidderCertSha256),
    uint32(seq),
    prev === null ? new Uint8Array() : fromHex(prev),
    utf8(envelopeId),
    ...[...read.C, ...read.Y].map(({ bytes }) => bytes),
    fromHex(age.sha256),
    uint64(age.size),
    ...(bidderKey === undefined ? [] : [utf8(bidderKey)]),
  ];
  return sha256(concatBytes(...parts.map((part) => lp(part))));
}

/**
 * The part of intake that needs neither a clock nor certificates, and that anyone can repeat: form, tender, number of
 * points, canonical encodings, and all n proofs. Throws as {@link requireManifestForm}, and `point.not-canonical`,
 * `scalar.not-canonical`, `manifest.proof-invalid`.
 */
export function checkManifest(descriptor: TenderDescriptor, manifest: Manifest | WithdrawManifest): void {
  const tid = toHex(tenderDigest(descriptor));
  requireManifestForm(
    { tid, envelopes: descriptor.envelopes, asksBidderKey: asksBidderKey(descriptor) },
    manifest,
  );
  if (manifest.kind === 'withdraw') return;
  const read = readDealt(manifest);
  verifyDeal(descriptor, manifestContext(manifest, read), manifest, read);
}

/**
 * The quick part of {@link checkManifest}: members, tender and envelope, and nothing of the deal. Throws
 * `suite.unknown`, `manifest.malformed`, `manifest.other-tender`.
 */
export function requireManifestForm(
  tender: {
    readonly tid: string;
    readonly envelopes: readonly string[];
    readonly asksBidderKey: boolean;
  },
  manifest: Manifest | WithdrawManifest,
): void {
  checkForm(manifest);
  if (manifest.tid !== tender.tid) {
    throw refusal(
      'manifest.other-tender',
      'The manifest was sealed to another tender or an earlier state of it.',
    );
  }
  if (manifest.kind === 'seal' && !tender.envelopes.includes(manifest.envelopeId)) {
    throw malformed(`there is no envelope ${manifest.envelopeId} in this tender`);
  }
  if (manifest.kind === 'seal' && (manifest.bidderKey !== undefined) !== tender.asksBidderKey) {
    throw malformed(
      tender.asksBidderKey
        ? 'this tender asks for a key of the bidder’s own (bidderKey)'
        : 'this tender asks for no key of the bidder’s own (bidderKey)',
    );
  }
}

const malformed = (message: string) =>
  refusal('manifest.malformed', `The manifest is malformed: ${message}.`);

function checkForm(manifest: Manifest | WithdrawManifest): void {
  if (typeof manifest !== 'object' || manifest === null) throw malformed('it is no object');
  if (manifest.suite !== SUITE || manifest.v !== 1)
    throw refusal('suite.unknown', 'The manifest’s suite is not known here.');
  const keys = Object.keys(manifest).sort().join();
  const isKeyed = Object.hasOwn(manifest, 'bidderKey');
  const expected = manifest.kind !== 'seal' ? WITHDRAW_KEYS : isKeyed ? SEAL_KEYS_WITH_BIDDER_KEY : SEAL_KEYS;
  if (keys !== expected || (manifest.kind !== 'seal' && manifest.kind !== 'withdraw')) {
    throw malformed('it has other members than it must');
  }
  const { tid, bidderCertSha256, seq, prev, clientTime } = manifest;
  if (!isHex(tid) || !isHex(bidderCertSha256) || (prev !== null && !isHex(prev)))
    throw malformed('a hash is not in hex');
  if (!Number.isSafeInteger(seq) || seq < 1 || seq > 0xffff) throw malformed('seq counts from 1');
  if (typeof clientTime !== 'string' || !isInstant(clientTime)) throw malformed('clientTime is no instant');
  if (manifest.kind === 'seal') checkSealForm(manifest);
}

function checkSealForm(manifest: Manifest): void {
  const { C, Y, proofs, age, envelopeId } = manifest;
  if (Object.hasOwn(manifest, 'bidderKey') && !isRecipient(manifest.bidderKey))
    throw malformed('the bidder’s key is a recipient age1…');
  const isList = [C, Y, proofs].every((list) => Array.isArray(list));
  if (!isList || typeof envelopeId !== 'string') throw malformed('commitments, shares and proofs are lists');
  const isProof = (proof: Proof): boolean =>
    typeof proof === 'object' && proof !== null && Object.keys(proof).sort().join() === 'c,z';
  if (!proofs.every(isProof)) throw malformed('a proof is a challenge and a response');
  const isAge = typeof age === 'object' && age !== null && Object.keys(age).sort().join() === 'sha256,size';
  if (!isAge || !isHex(age.sha256) || !Number.isSafeInteger(age.size) || age.size < 1) {
    throw malformed('the age file is given by hash and size');
  }
}

const isHex = (text: unknown): text is string => typeof text === 'string' && HEX.test(text);
