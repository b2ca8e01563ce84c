import { createHash, randomBytes } from 'node:crypto';
import { Decrypter, Encrypter } from 'age-encryption';
import { invariant } from '#kernel';
import type { AgeEngine } from '../src/age-engine.js';
import { readAgeHeader } from '../src/age-header.js';
import { ByteReader } from '../src/byte-reader.js';
import { ChunkBuffer } from './chunk-buffer.js';
import { payloadKey } from './payload-key.js';
import { CHUNK_BYTES, openChunk, SEALED_CHUNK_BYTES, sealChunk } from './stream-payload.js';

const NONCE_BYTES = 16;
/** Nonce and tag of a file without content. */
const EMPTY_PAYLOAD_BYTES = NONCE_BYTES + 16;

/**
 * The fast engine in Node: `age-encryption` makes and reads the header, OpenSSL does the payload and the hashes. Its
 * files are those of `typageEngine`, and it refuses the same ones.
 */
export const nodeAgeEngine: AgeEngine = {
  async *encrypt(content, recipients) {
    const { header, fileKey } = await drawHeader(recipients);
    const nonce = randomBytes(NONCE_BYTES);
    yield Buffer.concat([header, nonce]);
    const key = payloadKey(fileKey, nonce);
    const chunks = new ChunkBuffer(CHUNK_BYTES);
    for await (const piece of content) {
      for (let from = 0; from < piece.length; from += chunks.fill(piece, from)) {
        if (chunks.isFull) {
          const [text, tag] = sealChunk(key, chunks.take(), false);
          yield text;
          yield tag;
        }
      }
    }
    const [text, tag] = sealChunk(key, chunks.take(), true);
    if (text.length > 0) yield text;
    yield tag;
  },

  async *decrypt(file, identity) {
    const reader = new ByteReader(file);
    try {
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity);
      const fileKey = await decrypter.decryptHeader(await readAgeHeader(reader));
      const nonce = await reader.upTo(NONCE_BYTES);
      invariant(nonce.length === NONCE_BYTES, 'a payload has a nonce');
      const key = payloadKey(fileKey, nonce);
      const chunks = new ChunkBuffer(SEALED_CHUNK_BYTES);
      for (let piece; (piece = await reader.some(Infinity)) !== null;) {
        for (let from = 0; from < piece.length; from += chunks.fill(piece, from)) {
          if (chunks.isFull) yield openChunk(key, chunks.take(), false);
          for (let chunk; (chunk = chunks.within(piece, from)); from += SEALED_CHUNK_BYTES) {
            yield openChunk(key, chunk, false);
          }
        }
      }
      yield openChunk(key, chunks.take(), true);
    } finally {
      await reader.close();
    }
  },

  sha256: () => createHash('sha256'),
};

/**
 * A fresh file key in a header with its MAC. The package gives out the key only to recipients, so one that adds no
 * stanza learns it; the payload of the empty file behind the header is dropped, and its nonce with it.
 */
async function drawHeader(
  recipients: readonly string[],
): Promise<{ header: Uint8Array; fileKey: Uint8Array }> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  let fileKey: Uint8Array | undefined;
  encrypter.addRecipient({
    wrapFileKey(key) {
      fileKey = key;
      return [];
    },
  });
  const file = await encrypter.encrypt(new Uint8Array());
  invariant(fileKey !== undefined, 'the package asks every recipient');
  return { header: file.subarray(0, file.length - EMPTY_PAYLOAD_BYTES), fileKey };
}
