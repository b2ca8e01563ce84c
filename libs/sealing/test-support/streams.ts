import { concatBytes } from '#kernel';

/** The bytes in pieces of the given length. */
export async function* inPieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.slice(at, at + length);
}

export async function inOnePiece(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(new Uint8Array(chunk));
  return concatBytes(...pieces);
}

/** What a stream gave before it ended or failed. */
export async function upToFailure(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly given: number; readonly failed: boolean }> {
  let given = 0;
  try {
    for await (const chunk of chunks) given += chunk.length;
    return { given, failed: false };
  } catch {
    return { given, failed: true };
  }
}

/** A stream that tells whether it was let go of: read to its end, or closed before. */
export class TrackedStream implements AsyncIterable<Uint8Array> {
  isClosed = false;
  given = 0;

  constructor(private readonly pieces: AsyncIterable<Uint8Array>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of this.pieces) {
        this.given += piece.length;
        yield piece;
      }
    } finally {
      this.isClosed = true;
    }
  }
}

/** The first bytes, then an error as a disk or a network would throw it. */
export async function* breakingAfter(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  yield* inPieces(bytes.subarray(0, length), 10_000);
  throw new Error('the disk is gone');
}
