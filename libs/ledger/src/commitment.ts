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

/** Which act of a producer this is: `seq` counts its acts from 1 without a gap. */
export interface Place {
  readonly producer: string;
  readonly seq: number;
}

/** What opens the commitment to a place. */
export interface PlaceReveal extends Place {
  /** 32 bytes in lower-case hex, another salt than the event's. */
  readonly salt: string;
}

/**
 * Commitment to the place of a sealed act: `commit({producer, seq}, salt)`. The salt is 32 fresh random bytes of
 * its own. It stays with the producer until the reveal: whoever acted has the event's salt, and from the number
 * would see how many acted before.
 */
export function commitPlace({ producer, seq }: Place, salt: Uint8Array): string {
  invariant(producer !== '' && Number.isSafeInteger(seq) && seq >= 1, 'a place is a producer and a number');
  return commit({ producer, seq }, salt);
}

/** Returns only if producer, number and salt are those of the commitment; refuses with `reveal.mismatch`. */
export function checkPlace(place: string, { producer, seq, salt }: PlaceReveal): void {
  if (!SHA256_HEX.test(salt)) throw refusal('reveal.mismatch', 'salt is not 32 bytes in hex', { place });
  const isPlace = producer !== '' && Number.isSafeInteger(seq) && seq >= 1;
  if (!isPlace || commitPlace({ producer, seq }, fromHex(salt)) !== place) {
    throw refusal('reveal.mismatch', 'producer and number do not match the commitment', { place });
  }
}
