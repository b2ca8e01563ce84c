import { bech32 } from '@scure/base';
import { identityToRecipient } from 'age-encryption';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '#kernel';
import { type Point, pointBytes, type RandomBytes } from './group.js';

/** An age X25519 key pair in age's own text forms. */
export interface EnvelopeKey {
  /** `AGE-SECRET-KEY-1…` */
  readonly identity: string;
  /** `age1…` */
  readonly recipient: string;
}

const identityOf = (seed: Uint8Array): string =>
  bech32.encodeFromBytes('AGE-SECRET-KEY-', seed).toUpperCase();

/** The age identity that belongs to S: HKDF-SHA-256 with the tender's digest as salt. */
export function identityFromSecret(secret: Point, tid: Uint8Array): string {
  return identityOf(hkdf(sha256, pointBytes(secret), tid, utf8('sunseal/1 age identity'), 32));
}

export async function envelopeKey(secret: Point, tid: Uint8Array): Promise<EnvelopeKey> {
  const identity = identityFromSecret(secret, tid);
  return { identity, recipient: await identityToRecipient(identity) };
}

/** Whether a text is an X25519 recipient of age: `age1`, 32 bytes, checksum, in lower case. */
export function isRecipient(text: unknown): text is string {
  if (typeof text !== 'string' || !/^age1[a-z0-9]{58}$/.test(text)) return false;
  try {
    return bech32.decodeToBytes(text).bytes.length === 32;
  } catch {
    return false;
  }
}

/** The recipient that belongs to an identity in its one spelling; null where the text is no identity. */
export async function recipientOf(identity: unknown): Promise<string | null> {
  if (typeof identity !== 'string' || !/^AGE-SECRET-KEY-1[A-Z0-9]{58}$/.test(identity)) return null;
  try {
    return await identityToRecipient(identity);
  } catch {
    return null;
  }
}

/** A one-time key of the bidder's own, made and kept by the bidder: rescue key, or the key below the committee's. */
export async function createOwnKey(random: RandomBytes): Promise<EnvelopeKey> {
  const identity = identityOf(random(32));
  return { identity, recipient: await identityToRecipient(identity) };
}
