import { createCipheriv, createDecipheriv } from 'node:crypto';
import { invariant } from '#kernel';

/** age's payload, STREAM (c2sp.org/age, "Payload"): chunks of 64 KiB, each with a tag, the last one marked in its nonce. */
const CHUNK = 64 * 1024;
const TAG = 16;
const ALGORITHM = 'chacha20-poly1305';
const CHUNKS_MAX = 2 ** 32;

/** The payload of a file: a chunk is given out with its tag as soon as it is known whether another one follows. */
export async function* encryptPayload(
  content: AsyncIterable<Uint8Array>,
  key: Uint8Array,
): AsyncGenerator<Uint8Array> {
  for await (const { at, bytes, isLast } of inChunks(content, CHUNK)) {
    const cipher = createCipheriv(ALGORITHM, key, nonce(at, isLast), { authTagLength: TAG });
    const sealed = Buffer.allocUnsafe(bytes.length + TAG);
    sealed.set(cipher.update(bytes));
    cipher.final();
    sealed.set(cipher.getAuthTag(), bytes.length);
    yield sealed;
  }
}

/**
 * The content of a payload: each chunk is given out once its tag was found right. Throws an Error where a chunk was
 * changed, left out, moved or added, and where the file ends before its last chunk. A last chunk without content is
 * allowed only where it is the first.
 */
export async function* decryptPayload(
  payload: AsyncIterable<Uint8Array>,
  key: Uint8Array,
): AsyncGenerator<Uint8Array> {
  for await (const { at, bytes, isLast } of inChunks(payload, CHUNK + TAG)) {
    const length = bytes.length - TAG;
    invariant(length >= 0, 'a chunk has a tag');
    const decipher = createDecipheriv(ALGORITHM, key, nonce(at, isLast), { authTagLength: TAG });
    decipher.setAuthTag(bytes.subarray(length));
    const opened = decipher.update(bytes.subarray(0, length));
    decipher.final();
    invariant(length > 0 || at === 0, 'the last chunk is not empty');
    yield opened;
  }
}

/** Eleven bytes of a counter, one that marks the last chunk. */
function nonce(at: number, isLast: boolean): Uint8Array {
  invariant(at < CHUNKS_MAX, 'the counter does not run out');
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(at, 7);
  bytes[11] = isLast ? 1 : 0;
  return bytes;
}

interface Chunk {
  readonly at: number;
  /** Valid until the next one is asked for. */
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
}

/** Whole chunks of the given size and a last one, which is shorter, or as long, or empty where there is nothing at all. */
async function* inChunks(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Chunk> {
  const buffer = Buffer.allocUnsafe(size);
  let used = 0;
  let at = 0;
  for await (const piece of source) {
    for (let from = 0; from < piece.length;) {
      if (used === size) {
        yield { at: at++, bytes: buffer, isLast: false };
        used = 0;
      }
      const taken = Math.min(size - used, piece.length - from);
      buffer.set(piece.subarray(from, from + taken), used);
      used += taken;
      from += taken;
    }
  }
  yield { at, bytes: buffer.subarray(0, used), isLast: true };
}
