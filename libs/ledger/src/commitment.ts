import { concatBytes, fromHex, invariant, jcsBytes, toHex } from '#kernel';
import type { JsonObject } from './entry.js';
import { defaultSha256 } from './hashing.js';
import { refusal } from './refusal.js';

export const SALT_LENGTH = 32;
const SHA256_HEX = /^[0-9a-f]{64}$/;

/** What opens a commitment. */
export interface Reveal {
  /** The commitment, SHA-256 in lower-case hex. */
  readonly sealed: string;
  /** 32 bytes in lower-case hex. */
  readonly salt: string;
  readonly event: JsonObject;
}

/**
 * Commitment to an event that is not public yet: hex of SHA-256(salt ‖ JCS(event)). The salt is 32 fresh random
 * bytes; with it missing nobody can test a guess of the event.
 */
export function commit(event: JsonObject, salt: Uint8Array): string {
  invariant(salt.length === SALT_LENGTH, 'a salt has 32 bytes');
  return toHex(defaultSha256(concatBytes(salt, jcsBytes(event))));
}

/** Returns only if salt and event are those of the commitment; refuses with `reveal.mismatch`. */
export function checkReveal({ sealed, salt, event }: Reveal): void {
  if (!SHA256_HEX.test(salt)) throw refusal('reveal.mismatch', 'salt is not 32 bytes in hex', { sealed });
  if (commit(event, fromHex(salt)) !== sealed) {
    throw refusal('reveal.mismatch', 'salt and event do not match the commitment', { sealed });
  }
}
