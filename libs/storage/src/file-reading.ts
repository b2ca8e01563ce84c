import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { diskError, isMissing, nameError } from './file-errors.js';
import { notFound } from './storage-refusals.js';

/** Undefined where there is no file of this name; a folder is none. Throws `storage.unavailable`. */
export async function fileSize(path: string, key: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw nameError(error, key);
  }
}

/** Each step through the file system costs more than 64 KiB of bytes do. */
const READ_BYTES = 1024 * 1024;

/** Opens the file when the first byte is asked for: a body that nobody reads holds nothing open. */
export async function* fileChunks(path: string, start: number): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { start, highWaterMark: READ_BYTES }) as AsyncIterable<Uint8Array>;
}

/** Lower-case hex. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of fileChunks(path, 0)) hash.update(chunk);
  return hash.digest('hex');
}

/** The names of files under a prefix, in order; what begins with a dot is our own. Throws `storage.unavailable`. */
export async function fileKeys(root: string, prefix: string): Promise<string[]> {
  const folder = join(root, prefix.slice(0, prefix.lastIndexOf('/') + 1));
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .filter((key) => key.startsWith(prefix) && !key.startsWith('.'))
      .sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw diskError(error);
  }
}

/** What an error means to whoever was reading: the object has gone, or the disk fails. */
export const readError = (error: unknown, key: string): unknown =>
  isMissing(error) ? notFound(key) : diskError(error);
