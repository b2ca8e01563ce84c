import { unavailable } from './storage-refusals.js';

/**
 * Exactly `size` bytes of a source that the store has announced, or an error: a connection that is cut, a file that
 * is cut short and a server that sends more than it said all end in `storage.unavailable`, never in an early end.
 */
export async function* wholeBody(
  source: AsyncIterable<Uint8Array>,
  size: number,
  translated: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  let left = size;
  try {
    for await (const chunk of source) {
      left -= chunk.length;
      if (left < 0) throw unavailable('The object store sends more than it announced', 'longer');
      yield chunk;
    }
  } catch (error) {
    throw translated(error);
  }
  if (left > 0) throw unavailable('The object store broke off', 'shorter');
}
