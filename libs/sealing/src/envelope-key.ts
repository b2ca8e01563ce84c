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

/** The bidder's own key to the own envelope. It is never sent anywhere. */
export async function createRescueKey(random: RandomBytes): Promise<EnvelopeKey> {
  const identity = identityOf(random(32));
  return { identity, recipient: await identityToRecipient(identity) };
}
