import type { ReadFile } from '#ledger';
import { bytesOf } from './bounded-answer.js';

/** A hash tile has 8 KiB; a checkpoint, with cosignatures, less than this. Entries are never read. */
const FILE_BYTES_MAX = 65_536;

/** Files of a lower ledger over HTTP, each with a time-out from the first byte sent to the last one read. */
export function lowerClient(url: string, timeoutMs: number): ReadFile {
  const base = url.endsWith('/') ? url : `${url}/`;
  return async (path) => {
    const answer = await fetch(new URL(path, base), {
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (answer.status === 200) return bytesOf(answer, FILE_BYTES_MAX);
    await answer.body?.cancel();
    throw new Error(`${base}${path} answered ${answer.status}`);
  };
}
