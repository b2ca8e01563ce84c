import { createHash } from 'node:crypto';
import { contentKey } from '#kernel';
import { openEnvelope } from '#sealing';
import { nodeAgeEngine } from '#sealing/node';
import type { ObjectStore } from '#storage';
import type { SignedManifest } from '../domain/bid-act.js';
import type { OpenedItem } from '../domain/opening/verdict.js';

/**
 * Opens one stored envelope and keeps its parts under their hashes; to do it again changes nothing. Throws as
 * `openEnvelope`: `envelope.altered` is the keeper's fault, `envelope.unreadable` and `envelope.content-malformed` are
 * the bidder's.
 */
export async function openOne(
  store: ObjectStore,
  { age }: SignedManifest,
  identity: string,
): Promise<OpenedItem['parts']> {
  const ciphertext = await store.read(contentKey('envelopes', age!.sha256));
  const parts = [];
  const content = await openEnvelope({ ciphertext, identity, expected: age!, engine: nodeAgeEngine });
  for (const { name, mediaType, bytes } of content) {
    const digest = createHash('sha256').update(bytes).digest('hex');
    const key = contentKey('opened', digest);
    await store.put(key, bytes, { expect: { sha256: digest, size: bytes.length } });
    parts.push({ name, mediaType, sha256: digest, size: bytes.length, key });
  }
  return parts;
}
