import { sha256 } from '@noble/hashes/sha2.js';
import { Decrypter } from 'age-encryption';
import { toHex } from '#kernel';
import { type EnvelopePart, unpackEnvelope } from './envelope-content.js';
import { refusal } from './refuse.js';

export interface EnvelopeToRead {
  readonly ciphertext: Uint8Array;
  /** Combined from shares, or the bidder's own rescue identity. */
  readonly identity: string;
  /** What the manifest committed to. */
  readonly expected: { readonly sha256: string; readonly size: number };
}

/**
 * Opens an envelope. Throws `envelope.altered` where the bytes are not those that the manifest names: the keeper's
 * fault. Throws `envelope.unreadable` or `envelope.content-malformed` where they are, and still do not open: the
 * bidder's, since the deal proves that this identity is the one that was sealed to.
 */
export async function openEnvelope({
  ciphertext,
  identity,
  expected,
}: EnvelopeToRead): Promise<EnvelopePart[]> {
  if (ciphertext.length !== expected.size || toHex(sha256(ciphertext)) !== expected.sha256) {
    throw refusal('envelope.altered', 'The stored envelope is not the one that was received.', {
      ...expected,
    });
  }
  let content: Uint8Array;
  try {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    content = await decrypter.decrypt(ciphertext);
  } catch {
    throw refusal('envelope.unreadable', 'The envelope does not open with the key that it was sealed to.');
  }
  return unpackEnvelope(content);
}
