import { concatBytes, invariant } from '#kernel';
import { HASH_LENGTH } from './hashing.js';
import { refusal } from './refusal.js';
import { TILE_WIDTH } from './tile.js';

/** Longest entry that a two-byte length can precede. */
export const ENTRY_BYTES_MAX = 65_535;

/** Bundle of c2sp.org/tlog-tiles: each entry behind its two-byte big-endian length. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  invariant(entries.length > 0 && entries.length <= TILE_WIDTH, 'a bundle holds 1 to 256 entries');
  let length = 0;
  for (const entry of entries) {
    if (entry.length > ENTRY_BYTES_MAX) {
      throw refusal('entry.too-large', `an entry has at most ${ENTRY_BYTES_MAX} bytes`, {
        bytes: entry.length,
      });
    }
    length += 2 + entry.length;
  }
  const bundle = new Uint8Array(length);
  let at = 0;
  for (const entry of entries) {
    bundle[at] = entry.length >> 8;
    bundle[at + 1] = entry.length & 0xff;
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}

/** The entries of a bundle of exactly `width` entries; refuses anything else with `tile.malformed`. */
export function decodeEntryBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 2 > bytes.length) throw refusal('tile.malformed', 'bundle ends inside a length');
    const end = at + 2 + bytes[at]! * 256 + bytes[at + 1]!;
    if (end > bytes.length) throw refusal('tile.malformed', 'bundle ends inside an entry');
    entries.push(bytes.slice(at + 2, end));
    at = end;
  }
  if (entries.length !== width) {
    throw refusal('tile.malformed', `bundle holds ${entries.length} entries instead of ${width}`);
  }
  return entries;
}

/** Hashes of a tile, one behind the other. */
export function encodeHashTile(hashes: readonly Uint8Array[]): Uint8Array {
  invariant(hashes.length > 0 && hashes.length <= TILE_WIDTH, 'a tile holds 1 to 256 hashes');
  invariant(
    hashes.every((hash) => hash.length === HASH_LENGTH),
    'a tile holds 32-byte hashes',
  );
  return concatBytes(...hashes);
}

/** The hashes of a tile of exactly `width` hashes; refuses anything else with `tile.malformed`. */
export function decodeHashTile(bytes: Uint8Array, width: number): Uint8Array[] {
  if (bytes.length !== width * HASH_LENGTH) {
    throw refusal('tile.malformed', `tile has ${bytes.length} bytes instead of ${width * HASH_LENGTH}`);
  }
  return Array.from({ length: width }, (_, i) => bytes.slice(i * HASH_LENGTH, (i + 1) * HASH_LENGTH));
}
