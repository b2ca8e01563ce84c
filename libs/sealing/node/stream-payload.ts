import { createCipheriv, createDecipheriv } from 'node:crypto';
import { invariant } from '#kernel';
import type { Chunk } from './chunk-buffer.js';

/** age's payload, STREAM (c2sp.org/age, "Payload"): chunks of 64 KiB, each with a tag, the last one marked in its nonce. */
const TAG = 16;
export const CHUNK_BYTES = 64 * 1024;
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG;
const ALGORITHM = 'chacha20-poly1305';
const CHUNKS_MAX = 2 ** 32;

/** A chunk's ciphertext and its tag, apart: to put them together would cost a fifth of the encryption. */
export function sealChunk(
  key: Uint8Array,
  { bytes, at }: Chunk,
  isLast: boolean,
): readonly [text: Uint8Array, tag: Uint8Array] {
  const cipher = createCipheriv(ALGORITHM, key, nonce(at, isLast), { authTagLength: TAG });
  const text = cipher.update(bytes);
  cipher.final();
  return [text, cipher.getAuthTag()];
}

/**
 * A chunk's content. Throws an Error where the chunk is not what was sealed with this number, or as the last one; a
 * last chunk without content is allowed only where it is the first.
 */
export function openChunk(key: Uint8Array, { bytes, at }: Chunk, isLast: boolean): Uint8Array {
  const length = bytes.length - TAG;
  invariant(length > 0 || (length === 0 && at === 0), 'a chunk has content and a tag');
  const decipher = createDecipheriv(ALGORITHM, key, nonce(at, isLast), { authTagLength: TAG });
  decipher.setAuthTag(bytes.subarray(length));
  const opened = decipher.update(bytes.subarray(0, length));
  decipher.final();
  return opened;
}

/** Eleven bytes of a counter, one that marks the last chunk. */
function nonce(at: number, isLast: boolean): Uint8Array {
  invariant(at < CHUNKS_MAX, 'the counter does not run out');
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(at, 7);
  bytes[11] = isLast ? 1 : 0;
  return bytes;
}
