import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Folders under one root whose own entries are on disk. A file's name outlives a power cut only when every folder on
 * the way to it does, and a new folder lies in a parent that was not synced for it.
 */
export class DurableFolders {
  private readonly synced: Set<string>;

  constructor(private readonly root: string) {
    const first = mkdirSync(root, { recursive: true, mode: 0o700 });
    if (first !== undefined) syncUpwards(root, dirname(resolve(first)));
    this.synced = new Set([root]);
  }

  /** Makes the folder where it is missing; durable when it resolves. */
  async make(folder: string): Promise<void> {
    if (this.synced.has(folder)) return;
    await mkdir(folder, { recursive: true });
    // Also where another put made it: that one may not have synced it yet.
    await this.make(dirname(folder));
    await syncFolder(dirname(folder));
    this.synced.add(folder);
  }
}

/** Makes the names in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function syncUpwards(from: string, to: string): void {
  for (let path = dirname(from); ; path = dirname(path)) {
    const folder = openSync(path, 'r');
    fsyncSync(folder);
    closeSync(folder);
    if (path === to) return;
  }
}
