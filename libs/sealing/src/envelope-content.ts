import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, toHex } from '#kernel';
import { once } from './once.js';
import { readEnvelope, type PartStream } from './read-envelope.js';
import { type PartSource, writeEnvelope } from './write-envelope.js';

export interface EnvelopePart {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** The archive of {@link writeEnvelope} in one piece. Throws as it does. */
export const packEnvelope = async (parts: readonly EnvelopePart[]): Promise<Uint8Array> =>
  inOnePiece(writeEnvelope(parts.map(asSource)));

/** Reads the form that {@link packEnvelope} writes. Throws `envelope.content-malformed`, as {@link readEnvelope}. */
export const unpackEnvelope = async (content: Uint8Array): Promise<EnvelopePart[]> =>
  inMemory(readEnvelope(once(content)));

/** A part in memory as one that is read when its turn comes. */
export const asSource = ({ name, mediaType, bytes }: EnvelopePart): PartSource => ({
  name,
  mediaType,
  size: bytes.length,
  sha256: toHex(sha256(bytes)),
  open: () => once(bytes),
});

/** All parts, once the last check has passed. */
export async function inMemory(parts: AsyncIterable<PartStream>): Promise<EnvelopePart[]> {
  const read: EnvelopePart[] = [];
  for await (const { name, mediaType, body } of parts) {
    read.push({ name, mediaType, bytes: await inOnePiece(body) });
  }
  return read;
}

async function inOnePiece(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return concatBytes(...pieces);
}
