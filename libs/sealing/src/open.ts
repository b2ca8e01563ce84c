import type { AgeEngine } from './age-engine.js';
import { type EnvelopePart, inMemory } from './envelope-content.js';
import { once } from './once.js';
import { openStream, requireUnaltered } from './open-stream.js';
import { typageEngine } from './typage-engine.js';
import type { ExpectedFile } from './watched-file.js';

export interface EnvelopeToRead {
  readonly ciphertext: Uint8Array;
  /** Combined from shares, or the bidder's own rescue identity. */
  readonly identity: string;
  /** What the bidder released, where the manifest names a key of the bidder's own; else left out. */
  readonly bidderIdentity?: string | undefined;
  /** What the manifest committed to. */
  readonly expected: ExpectedFile;
  /** `typageEngine` unless told otherwise. */
  readonly engine?: AgeEngine;
}

/**
 * Opens an envelope in memory, by {@link openStream}. Throws `envelope.altered` where the bytes are not those that the
 * manifest names: the keeper's fault. Throws `envelope.unreadable` or `envelope.content-malformed` where they are, and
 * still do not open: the bidder's.
 */
export async function openEnvelope({
  ciphertext,
  identity,
  bidderIdentity,
  expected,
  engine = typageEngine,
}: EnvelopeToRead): Promise<EnvelopePart[]> {
  await requireUnaltered(once(ciphertext), expected, engine);
  return inMemory(openStream({ file: once(ciphertext), identity, bidderIdentity, expected, engine }));
}
