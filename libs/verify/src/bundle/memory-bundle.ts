import { utf8 } from '#kernel';
import { Unread } from '../unread.js';
import type { BundleFolder, BundleSink } from './bundle-folder.js';

/**
 * A bundle that a browser gathers and verifies at once. Small files are kept; large ones are fetched when a check reads
 * them, and forgotten.
 */
export class MemoryBundle implements BundleFolder, BundleSink {
  private readonly files = new Map<string, () => Promise<Uint8Array>>();

  async add(path: string, content: Uint8Array | string): Promise<void> {
    const bytes = typeof content === 'string' ? utf8(content) : content;
    this.files.set(path, async () => bytes);
  }

  async addLarge(path: string, fetch: () => Promise<Uint8Array>): Promise<void> {
    this.files.set(path, () =>
      fetch().catch((error: unknown) => {
        throw new Unread(path, error);
      }),
    );
  }

  async list(): Promise<string[]> {
    return [...this.files.keys()].sort();
  }

  /** Throws {@link Unread} where a large file cannot be fetched, an Error where there is no such file. */
  async read(path: string): Promise<Uint8Array> {
    const file = this.files.get(path);
    if (!file) throw new Error(`${path} is missing`);
    return file();
  }
}
