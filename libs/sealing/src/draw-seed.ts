import { bech32 } from '@scure/base';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, fromHex, invariant, utf8 } from '#kernel';

/** An envelope of the opening record: its signed manifest's digest in hex, and the age identity that was published. */
export interface PublishedIdentity {
  readonly manifestSha256: string;
  /** Empty where none was published: the bidder's own key was not released, or the envelope's shares were not sound. */
  readonly identity: string;
}

/**
 * The seed of every public draw of a tender: SHA-256("sunseal/1 draw seed\n" ‖ tid ‖ for each envelope that was opened,
 * ascending by the digest of its manifest: digest ‖ scalar), all of 32 bytes. The scalar is the envelope's age identity
 * as bytes, clamped (RFC 7748, section 5), so that an identity has one value only. Nobody knows it before the last
 * opening but who knows the secrets of all bids, and no act after the deadline changes it (docs/adr/0035).
 */
export function drawSeed(tid: Uint8Array, envelopes: readonly PublishedIdentity[]): Uint8Array {
  invariant(tid.length === 32, 'the digest of a descriptor has 32 bytes');
  const opened = envelopes
    .filter(({ identity }) => identity !== '')
    .toSorted((a, b) => (a.manifestSha256 < b.manifestSha256 ? -1 : 1));
  invariant(
    opened.every(({ manifestSha256 }, at) => manifestSha256 !== opened[at - 1]?.manifestSha256),
    'an envelope is opened once',
  );
  const parts = opened.flatMap(({ manifestSha256, identity }) => [
    fromHex(manifestSha256),
    scalarOf(identity),
  ]);
  return sha256(concatBytes(utf8('sunseal/1 draw seed\n'), tid, ...parts));
}

function scalarOf(identity: string): Uint8Array {
  const { bytes } = bech32.decodeToBytes(identity.toLowerCase());
  invariant(bytes.length === 32, 'an age identity has 32 bytes');
  const scalar = Uint8Array.from(bytes);
  scalar[0]! &= 248;
  scalar[31] = (scalar[31]! & 127) | 64;
  return scalar;
}
