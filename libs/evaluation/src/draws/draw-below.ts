import { concatBytes, invariant, utf8 } from '#kernel';
import { sha256 } from '@noble/hashes/sha2.js';

const BITS = 256n;
const ALL = 1n << BITS;

/**
 * A whole number from 0 to `count` − 1, each as likely as another: the first of the numbers H₀, H₁, … that is below the
 * largest multiple of `count` not above 2²⁵⁶, modulo `count`. Hᵢ is SHA-256(seed ‖ "sunseal/1 draw " ‖ label ‖ 00 ‖ i as
 * four bytes, big-endian) as a big-endian number.
 */
export function drawBelow(seed: Uint8Array, label: string, count: number): number {
  return firstBelow(count, ALL, (at) => numberAt(seed, label, at));
}

/** Without the numbers that would make the first remainders more likely. `numbers` are below `all`. */
export function firstBelow(count: number, all: bigint, numbers: (at: number) => bigint): number {
  invariant(Number.isSafeInteger(count) && count > 0, 'something is drawn among at least one');
  const limit = all - (all % BigInt(count));
  for (let at = 0; ; at++) {
    const number = numbers(at);
    if (number < limit) return Number(number % BigInt(count));
  }
}

function numberAt(seed: Uint8Array, label: string, at: number): bigint {
  const counter = Uint8Array.of(at >>> 24, at >>> 16, at >>> 8, at);
  const digest = sha256(concatBytes(seed, utf8(`sunseal/1 draw ${label}`), Uint8Array.of(0), counter));
  return digest.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}
