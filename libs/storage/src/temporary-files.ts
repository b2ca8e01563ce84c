import { randomBytes } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from './file-errors.js';
import { openProcessFolder } from './process-folder.js';
import { unavailable } from './storage-refusals.js';

const READ_ONLY = 0o444;
const TEMPORARY_BYTES_MAX = 16 * 1024 ** 3;

/** One folder for each base, of all stores in this process. */
const folders = new Map<string, string>();

export interface TemporarySettings {
  readonly base: string;
  /** Of all bodies that are under way together. */
  readonly bytesMax?: number;
  /** Bodies are on the disk, not only on their way to it, when they are written. True. */
  readonly isSynced?: boolean;
}

/**
 * Bodies on their way to their place, in a folder of this process. What a kill left is swept when another process
 * opens the same base; what a living process is still writing stays.
 */
export class TemporaryFiles {
  readonly folder: string;
  private readonly bytesMax: number;
  private readonly isSynced: boolean;
  private readonly sizes = new Map<string, number>();
  private bytes = 0;

  constructor({ base, bytesMax = TEMPORARY_BYTES_MAX, isSynced = true }: TemporarySettings) {
    this.folder = folders.get(base) ?? openProcessFolder(base);
    folders.set(base, this.folder);
    this.bytesMax = bytesMax;
    this.isSynced = isSynced;
  }

  /**
   * The path of a read-only file with these bytes; the caller takes it away. Nothing stays if `body` throws,
   * and its error is thrown. Throws `storage.unavailable` where the disk, or `bytesMax`, holds no more.
   */
  async write(body: AsyncIterable<Uint8Array>): Promise<string> {
    const path = join(this.folder, randomBytes(12).toString('hex'));
    try {
      const file = await onDisk(async () => {
        await mkdir(this.folder, { recursive: true, mode: 0o700 });
        return open(path, 'wx', READ_ONLY);
      });
      try {
        for await (const chunk of body) {
          this.reserve(path, chunk.length);
          await onDisk(() => file.writeFile(chunk));
        }
        if (this.isSynced) await onDisk(() => file.sync());
      } finally {
        await file.close();
      }
      return path;
    } catch (error) {
      await this.remove(path);
      throw error;
    }
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
    this.bytes -= this.sizes.get(path) ?? 0;
    this.sizes.delete(path);
  }

  private reserve(path: string, bytes: number): void {
    if (this.bytes + bytes > this.bytesMax) {
      throw unavailable(`More than ${this.bytesMax} bytes are under way`, 'temporary-bytes-max');
    }
    this.bytes += bytes;
    this.sizes.set(path, (this.sizes.get(path) ?? 0) + bytes);
  }
}
