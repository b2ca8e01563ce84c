import { utf8 } from '#kernel';
import type { BundleFolder, BundleSink } from './bundle-folder.js';

/** A bundle in memory: what a browser gathers and verifies at once. */
export class MemoryBundle implements BundleFolder, BundleSink {
  private readonly files = new Map<string, Uint8Array>();

  async add(path: string, content: Uint8Array | string): Promise<void> {
    this.files.set(path, typeof content === 'string' ? utf8(content) : content);
  }

  async list(): Promise<string[]> {
    return [...this.files.keys()].sort();
  }

  async read(path: string): Promise<Uint8Array> {
    const bytes = this.files.get(path);
    if (!bytes) throw new Error(`${path} is missing`);
    return bytes;
  }
}
