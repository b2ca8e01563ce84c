import { createHash } from 'node:crypto';
import { contentKey, isDomainError } from '#kernel';
import { openEnvelope } from '#sealing';
import type { ObjectStore } from '#storage';
import type { SignedManifest } from '../domain/bid-act.js';
import type { OpenedItem } from '../domain/opening.js';

/** The bidder sealed what nobody can read: it counts as no bid, and the proof of it is public. */
const BIDDERS_FAULT = new Set(['envelope.unreadable', 'envelope.content-malformed']);

/**
 * Opens one envelope with the identity that the quorum made, and keeps its parts under their hashes. Stored bytes
 * that differ from the manifest are the platform's fault: that throws, and the opening stops.
 */
export async function openOne(
  store: ObjectStore,
  alias: string,
  { sha256, age }: SignedManifest,
  identity: string,
): Promise<OpenedItem> {
  const ciphertext = await store.read(contentKey('envelopes', age!.sha256));
  const item = { alias, manifestSha256: sha256, age: age!, identity };
  try {
    const parts = [];
    for (const { name, mediaType, bytes } of await openEnvelope({ ciphertext, identity, expected: age! })) {
      const digest = createHash('sha256').update(bytes).digest('hex');
      const key = contentKey('opened', digest);
      await store.put(key, bytes, { expect: { sha256: digest, size: bytes.length } });
      parts.push({ name, mediaType, sha256: digest, size: bytes.length, key });
    }
    return { ...item, result: 'opened', parts };
  } catch (error) {
    if (isDomainError(error) && BIDDERS_FAULT.has(error.code))
      return { ...item, result: 'unreadable', parts: [] };
    throw error;
  }
}
