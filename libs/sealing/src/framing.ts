import { concatBytes } from '#kernel';

/** Length-prefixed: 4 bytes big-endian and the bytes, so that no two lists of parts read alike. */
export const lp = (bytes: Uint8Array): Uint8Array => concatBytes(uint32(bytes.length), bytes);

export function uint32(n: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, n);
  return out;
}

export function uint64(n: number): Uint8Array {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(n));
  return out;
}
