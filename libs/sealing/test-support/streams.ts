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
