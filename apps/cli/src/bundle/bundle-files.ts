import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { nodeSha256 } from '#ledger/node';
import { type BundleFolder, type BundleSink, MANIFEST, manifestText } from '#verify';

export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Writes the files of a bundle and, last, the list of their hashes in the format of `sha256sum`. */
export class BundleWriter implements BundleSink {
  private readonly hashes = new Map<string, string>();

  constructor(private readonly folder: string) {}

  async begin(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
  }

  async add(path: string, content: Uint8Array | string): Promise<void> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const target = join(this.folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
    this.hashes.set(path, sha256Hex(bytes));
  }

  async addLarge(path: string, fetch: () => Promise<Uint8Array>): Promise<void> {
    return this.add(path, await fetch());
  }

  async finish(): Promise<number> {
    await writeFile(join(this.folder, MANIFEST), manifestText(this.hashes));
    return this.hashes.size;
  }
}

/** All files of a folder by their path with `/`, sorted. */
export async function listFiles(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** A bundle on this disk. */
export const bundleIn = (folder: string): BundleFolder => ({
  list: () => listFiles(folder),
  read: (path) => readFile(join(folder, path)),
  sha256: nodeSha256,
});
