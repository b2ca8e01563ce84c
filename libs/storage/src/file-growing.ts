import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { invariant } from '#kernel';
import { nameError, onDisk } from './file-errors.js';
import type { GrowingObject, Stored } from './object-store.port.js';
import { mismatch } from './storage-refusals.js';

const READ_ONLY = 0o444;

export interface FileGrowingPlaces {
  readonly path: string;
  readonly key: string;
  /** Makes the file's own name durable. */
  readonly nameIsDurable: () => Promise<void>;
  /** Gives the finished file a second name. */
  readonly link: (to: string, stored: Stored) => Promise<void>;
}

/** One file that grows, and gets a second name when it is whole: no byte is written twice. */
export class FileGrowing implements GrowingObject {
  size = 0;
  private readonly hash = createHash('sha256');
  private isOpen = true;
  private isNamed = false;

  private constructor(
    private readonly file: FileHandle,
    private readonly places: FileGrowingPlaces,
  ) {}

  /** Throws `object.exists` where the name is taken, `storage.unavailable`. */
  static async begin(places: FileGrowingPlaces): Promise<FileGrowing> {
    try {
      return new FileGrowing(await open(places.path, 'wx', READ_ONLY), places);
    } catch (error) {
      throw nameError(error, places.key);
    }
  }

  get canGrow(): boolean {
    return this.isOpen;
  }

  async write(chunks: readonly Uint8Array[]): Promise<void> {
    invariant(this.isOpen, 'a file that was closed does not grow');
    const writing = this.orClosed(() => writeAll(this.file, chunks));
    // On this thread, while the disk takes the same bytes on another.
    for (const chunk of chunks) {
      this.hash.update(chunk);
      this.size += chunk.length;
    }
    await writing;
  }

  sync(): Promise<void> {
    return this.orClosed(async () => {
      await this.file.datasync();
      if (!this.isNamed) await this.places.nameIsDurable();
      this.isNamed = true;
    });
  }

  async place(to: string, expect: Stored): Promise<Stored> {
    await this.sync();
    await this.close();
    const stored = { sha256: this.hash.digest('hex'), size: this.size };
    if (stored.sha256 !== expect.sha256 || stored.size !== expect.size) throw mismatch(expect);
    await this.places.link(to, stored);
    return stored;
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    await onDisk(() => this.file.close());
  }

  /** After a failure nobody knows how much the file took. */
  private async orClosed<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await onDisk(work);
    } catch (error) {
      await this.close().catch(() => undefined);
      throw error;
    }
  }
}

/** The system may take less than it is given. */
async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await file.writev(chunks as Uint8Array[]);
  const bytes = chunks.reduce((sum, { length }) => sum + length, 0);
  if (bytesWritten < bytes) await file.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
}
