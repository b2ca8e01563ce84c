import { type KnownPoint, readPoint } from './group.js';

/** Trustees of a few tenders; an entry takes a kilobyte. */
const REMEMBERED_MAX = 512;
const remembered = new Map<string, KnownPoint>();

/**
 * A trustee's public key. The same few keys stand in every descriptor, deal and share of a tender, so what was read is
 * remembered; the oldest is forgotten first. Throws `point.not-canonical`.
 */
export function trusteePoint(publicKey: string): KnownPoint {
  const before = remembered.get(publicKey);
  if (before !== undefined) return before;
  const read = readPoint(publicKey);
  if (remembered.size >= REMEMBERED_MAX) remembered.delete(remembered.keys().next().value!);
  remembered.set(publicKey, read);
  return read;
}
