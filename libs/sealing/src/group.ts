import { mulAddUnsafe } from '@noble/curves/abstract/curve.js';
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, fromBase64Url, invariant, toBase64Url, utf8 } from '#kernel';
import { lp } from './framing.js';
import { refusal } from './refuse.js';

/** The prime-order group of RFC 9496. */
export type Point = InstanceType<typeof ristretto255.Point>;

/** Bytes of chance, passed in by whoever calls: nothing in here draws by itself. */
export type RandomBytes = (length: number) => Uint8Array;

const { Point: Group } = ristretto255;

/** Order ℓ of the group. */
export const ORDER: bigint = Group.Fn.ORDER;
export const G: Point = Group.BASE;
/** A second generator whose logarithm to G nobody knows: hashed onto the group (RFC 9380, RFC 9496 §4.3.4). */
export const H: Point = ristretto255_hasher.hashToCurve(utf8('generator H'), {
  DST: 'sunseal/1 with ristretto255_XMD:SHA-512_R255MAP_RO_',
});
export const ZERO: Point = Group.ZERO;

export const mod = (n: bigint): bigint => ((n % ORDER) + ORDER) % ORDER;

/** n⁻¹ modulo ℓ; n must not be zero. */
export const invert = (n: bigint): bigint => Group.Fn.inv(mod(n));

/** n·P for a secret n, in constant time as far as the library gives it. */
export function times(point: Point, n: bigint): Point {
  const scalar = mod(n);
  return scalar === 0n ? ZERO : point.multiply(scalar);
}

/** n·P for public values only: faster, its time depends on n. */
export function timesPublic(point: Point, n: bigint): Point {
  const scalar = mod(n);
  return scalar === 0n ? ZERO : point.multiplyUnsafe(scalar);
}

/** m·P − n·Q for public values only: both share one chain of doublings (Straus). */
export const differencePublic = (m: bigint, p: Point, n: bigint, q: Point): Point =>
  mulAddUnsafe(Group, [p, q], [mod(m), mod(-n)]);

export const pointBytes = (point: Point): Uint8Array => point.toBytes();
export const encodePoint = (point: Point): string => toBase64Url(point.toBytes());

/** A point with its 32 canonical bytes, since to encode costs as much as a tenth of a multiplication. */
export interface KnownPoint {
  readonly point: Point;
  readonly bytes: Uint8Array;
}

export const known = (point: Point): KnownPoint => ({ point, bytes: point.toBytes() });

export const G_KNOWN = known(G);
export const H_KNOWN = known(H);

/**
 * Reads base64url of 32 canonical bytes; the identity is refused too. Decoding takes no other bytes than those that
 * encoding gives (RFC 9496 §4.3.1). Throws `point.not-canonical`.
 */
export function readPoint(text: unknown): KnownPoint {
  try {
    const bytes = read32(text);
    const point = Group.fromBytes(bytes);
    if (!point.is0()) return { point, bytes };
  } catch {
    // Falls through to the one refusal.
  }
  throw refusal(
    'point.not-canonical',
    'This is not a canonical ristretto255 element other than the identity.',
  );
}

/** As {@link readPoint}, the point alone. */
export const decodePoint = (text: unknown): Point => readPoint(text).point;

export function scalarBytes(scalar: bigint): Uint8Array {
  const out = new Uint8Array(32);
  for (let i = 0, rest = mod(scalar); i < 32; i++, rest >>= 8n) out[i] = Number(rest & 0xffn);
  return out;
}

export const encodeScalar = (scalar: bigint): string => toBase64Url(scalarBytes(scalar));

/** Reads base64url of 32 little-endian bytes below ℓ. Throws `scalar.not-canonical`. */
export function decodeScalar(text: unknown): bigint {
  try {
    const scalar = littleEndian(read32(text));
    if (scalar < ORDER) return scalar;
  } catch {
    // Falls through to the one refusal.
  }
  throw refusal('scalar.not-canonical', 'This is not a canonical scalar.');
}

function read32(text: unknown): Uint8Array {
  invariant(typeof text === 'string' && text.length === 43, 'base64url of 32 bytes has 43 characters');
  const bytes = fromBase64Url(text);
  invariant(bytes.length === 32, '32 bytes');
  return bytes;
}

function littleEndian(bytes: Uint8Array): bigint {
  let n = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) n = (n << 8n) | BigInt(bytes[i]!);
  return n;
}

/** Uniform in [1, ℓ−1]: 512 bits reduced, which leaves no bias that anyone could see. */
export function randomScalar(random: RandomBytes): bigint {
  const bytes = random(64);
  invariant(bytes.length === 64, 'as many random bytes as were asked for');
  const scalar = mod(littleEndian(bytes));
  return scalar === 0n ? randomScalar(random) : scalar;
}

/** SHA-512 over the length-prefixed label and parts, read little-endian modulo ℓ. */
export function hashToScalar(label: string, ...parts: readonly Uint8Array[]): bigint {
  return mod(littleEndian(sha512(concatBytes(lp(utf8(label)), ...parts.map((part) => lp(part))))));
}
