import { contentKey } from '#kernel';
import { openStream, type PartStream, requireUnaltered, type StreamToOpen } from '#sealing';
import { nodeAgeEngine as engine } from '#sealing/node';
import type { ObjectStore } from '#storage';
import type { NamedManifest } from '../../domain/bid-act.js';
import type { OpenedItem } from '../../domain/opening/verdict.js';

/**
 * Opens one stored envelope as a stream and keeps its parts under their hashes; to do it again changes nothing. A part
 * counts once the record names it, which is after the whole was read without a fault. Throws as `openStream`:
 * `envelope.altered` is the keeper's fault, `envelope.unreadable` and `envelope.content-malformed` are the bidder's.
 */
export async function openOne(
  store: ObjectStore,
  { age }: NamedManifest,
  keys: Pick<StreamToOpen, 'identity' | 'bidderIdentity'>,
): Promise<OpenedItem['parts']> {
  const expected = age!;
  const stored = async () => (await store.get(contentKey('envelopes', expected.sha256))).body;
  await requireUnaltered(await stored(), expected, engine);
  const parts = [];
  for await (const part of openStream({ file: await stored(), ...keys, expected, engine })) {
    parts.push(await keepPart(store, part));
  }
  return parts;
}

async function keepPart(
  store: ObjectStore,
  { name, mediaType, size, sha256, body }: PartStream,
): Promise<OpenedItem['parts'][number]> {
  const key = contentKey('opened', sha256);
  await store.put(key, body, { expect: { sha256, size } });
  return { name, mediaType, sha256, size, key };
}
