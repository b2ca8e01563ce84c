import { toHex } from './bytes.js';
import { invariant } from './invariant.js';

/** A UUID in lower-case text form; ids that this platform makes are version 7 (RFC 9562), sortable by time. */
export type Uuid = string;

const PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const isUuid = (text: string): boolean => PATTERN.test(text);

/** Version 7 from a time in milliseconds and ten random bytes; pure, so that domain code can be replayed. */
export function uuidV7(unixMs: number, random: Uint8Array): Uuid {
  invariant(
    Number.isSafeInteger(unixMs) && unixMs >= 0 && unixMs < 2 ** 48,
    'a UUIDv7 needs 48 bits of time',
  );
  invariant(random.length >= 10, 'a UUIDv7 needs ten random bytes');
  const bytes = new Uint8Array(16);
  for (let i = 5, rest = unixMs; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const h = toHex(bytes);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}
