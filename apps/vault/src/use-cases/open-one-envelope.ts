import { contentKey, isDomainError } from '#kernel';
import { openStream, type PartStream, requireUnaltered } from '#sealing';
import { nodeAgeEngine as engine } from '#sealing/node';
import type { ObjectStore } from '#storage';
import type { SignedManifest } from '../domain/bid-act.js';
import type { OpenedItem } from '../domain/opening.js';

/** The bidder sealed what nobody can read: it counts as no bid, and the proof of it is public. */
const BIDDERS_FAULT = new Set(['envelope.unreadable', 'envelope.content-malformed']);

/**
 * Opens one envelope with the identity that the quorum made, and keeps its parts under their hashes, as a stream. A part
 * counts once the record names it, which is after the whole was read without a fault. Stored bytes that differ from
 * the manifest are the platform's fault: that throws, and the opening stops.
 */
export async function openOne(
  store: ObjectStore,
  alias: string,
  { sha256, age }: SignedManifest,
  identity: string,
): Promise<OpenedItem> {
  const expected = age!;
  const key = contentKey('envelopes', expected.sha256);
  const item = { alias, manifestSha256: sha256, age: expected, identity };
  await requireUnaltered((await store.get(key)).body, expected, engine);
  try {
    const parts = [];
    const file = (await store.get(key)).body;
    for await (const part of openStream({ file, identity, expected, engine })) {
      parts.push(await keepPart(store, part));
    }
    return { ...item, result: 'opened', parts };
  } catch (error) {
    if (isDomainError(error) && BIDDERS_FAULT.has(error.code))
      return { ...item, result: 'unreadable', parts: [] };
    throw error;
  }
}

async function keepPart(
  store: ObjectStore,
  { name, mediaType, size, sha256, body }: PartStream,
): Promise<OpenedItem['parts'][number]> {
  const key = contentKey('opened', sha256);
  await store.put(key, body, { expect: { sha256, size } });
  return { name, mediaType, sha256, size, key };
}
