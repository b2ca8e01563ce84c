import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

export const MANIFEST = 'MANIFEST.sha256';

export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Writes the files of a bundle and, last, the list of their hashes in the format of `sha256sum`. */
export class BundleWriter {
  private readonly lines: string[] = [];

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
    this.lines.push(`${sha256Hex(bytes)}  ${path}`);
  }

  async finish(): Promise<number> {
    const sorted = [...this.lines].sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1));
    await writeFile(join(this.folder, MANIFEST), `${sorted.join('\n')}\n`);
    return sorted.length;
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

export const readBundleFile = (folder: string, path: string): Promise<Uint8Array> =>
  readFile(join(folder, path));
