import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadFile } from '#ledger';

/** A full bundle of the largest entries: 256 × (2 + 65,535) bytes. */
const FILE_BYTES_MAX = 256 * 65_537;
const ANSWER_MS_MAX = 30_000;

/** Where the files of a log are read: `checkpoint`, `tile/…`, and `log.vkey` beside them. */
export interface LogSource {
  readonly place: string;
  readonly isRemote: boolean;
  readonly readFile: ReadFile;
}

export const isAddress = (place: string): boolean => /^https?:\/\//.test(place);

/** The log at an address, as `http://…/ledger/`, or in a folder. */
export function logSource(place: string): LogSource {
  if (!isAddress(place))
    return { place, isRemote: false, readFile: (path) => readLimited(join(place, path)) };
  const base = place.endsWith('/') ? place : `${place}/`;
  return { place: base, isRemote: true, readFile: (path) => fetchLimited(new URL(path, base)) };
}

async function readLimited(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > FILE_BYTES_MAX) throw new Error(`${path} has more than ${FILE_BYTES_MAX} bytes`);
    return new Uint8Array(await file.readFile());
  } finally {
    await file.close();
  }
}

async function fetchLimited(url: URL): Promise<Uint8Array> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX), redirect: 'error' });
  if (answer.status !== 200) {
    await answer.body?.cancel();
    throw new Error(`${url.href} answered ${answer.status}`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    length += chunk.length;
    if (length > FILE_BYTES_MAX) throw new Error(`${url.href} has more than ${FILE_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
