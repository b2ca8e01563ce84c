import { link, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Instant, invariant } from '#kernel';
import { DurableFolders, syncFolder } from './durable-folder.js';
import { codeOf } from './error-code.js';
import { isMissing, nameError, onDisk } from './file-errors.js';
import { probeFiles } from './file-probes.js';
import { FileGrowing } from './file-growing.js';
import { fileChunks, fileKeys, fileSha256, fileSize, readError } from './file-reading.js';
import { FileRetention } from './file-retention.js';
import { MeasuredBody } from './measured-body.js';
import { requireKey, requireMutable, requireRetainable } from './object-key.js';
import type {
  Body,
  CopyOptions,
  FoundObject,
  GetOptions,
  GrowingObject,
  ObjectStore,
  PutOptions,
  Stored,
} from './object-store.port.js';
import { isOver } from './retention-end.js';
import { mismatch, notFound, otherBytes, rangeInvalid, retained, tooLarge } from './storage-refusals.js';
import type { StoreReport } from './store-report.js';
import { TemporaryFiles } from './temporary-files.js';
import { wholeBody } from './whole-body.js';

export interface FileSettings {
  readonly root: string;
  readonly mutablePrefixes: readonly string[];
  /** Of all bodies under way in this process; 16 GiB. */
  readonly temporaryBytesMax?: number;
}

/**
 * Objects as files of one folder. A body is written beside its place, synced, and linked into it: a kill leaves at
 * most a temporary file, swept at the next start. Whoever may write the folder can change it: it is tamper-evident
 * through the hashes that the ledger holds, not write-once.
 */
export class FileObjectStore implements ObjectStore {
  readonly guarantees = {
    worm: false,
    description:
      'files: durable and tamper-evident only, not write-once; retention binds this program and nobody else',
  } as const;
  private readonly root: string;
  private readonly temporary: TemporaryFiles;
  private readonly folders: DurableFolders;
  private readonly retention: FileRetention;
  private readonly mutablePrefixes: readonly string[];

  constructor({ root, mutablePrefixes, temporaryBytesMax }: FileSettings) {
    this.root = resolve(root);
    this.mutablePrefixes = mutablePrefixes;
    this.folders = new DurableFolders(this.root);
    this.retention = new FileRetention(join(this.root, '.retained'), this.folders);
    this.temporary = new TemporaryFiles({
      base: join(this.root, '.tmp'),
      ...(temporaryBytesMax === undefined ? {} : { bytesMax: temporaryBytesMax }),
    });
  }

  async put(key: string, body: Body, options: PutOptions = {}): Promise<Stored> {
    if (options.retainUntil) requireRetainable(key, this.mutablePrefixes);
    const target = this.path(key);
    const measured = new MeasuredBody(body, options);
    return this.placing(key, measured, async (temporary) => {
      const stored = measured.finish();
      await this.linkTo(temporary, target, key, stored);
      if (options.retainUntil) await this.retain(key, options.retainUntil);
      return stored;
    });
  }

  async copy(from: string, to: string, { expect, retainUntil }: CopyOptions): Promise<Stored> {
    if (retainUntil) requireRetainable(to, this.mutablePrefixes);
    const target = this.path(to);
    const found = await this.head(from);
    if (found && found.size !== expect.size) throw mismatch(expect);
    if (!found && !(await this.head(to))) throw notFound(from);
    try {
      if (found) await this.linkTo(this.path(from), target, to, expect);
      else await this.requireSame(to, expect);
    } catch (error) {
      throw isMissing(error) ? notFound(from) : nameError(error, to);
    }
    if (retainUntil) await this.retain(to, retainUntil);
    return expect;
  }

  async grow(key: string): Promise<GrowingObject> {
    const path = this.path(key);
    const folder = dirname(path);
    await onDisk(() => this.folders.make(folder)).catch((error: unknown) => {
      throw nameError(error, key);
    });
    return FileGrowing.begin({
      path,
      key,
      nameIsDurable: () => syncFolder(folder),
      link: (to, stored) => this.linked(path, to, stored),
    });
  }

  /** A file is read as it is; whoever still writes to it only adds. */
  settle(key: string): Promise<void> {
    return Promise.resolve(void this.path(key));
  }

  async get(key: string, { from = 0 }: GetOptions = {}): Promise<FoundObject> {
    invariant(Number.isSafeInteger(from) && from >= 0, 'a range begins at a byte');
    const path = this.path(key);
    const { size } = await this.requireFound(key);
    if (from > size) throw rangeInvalid(key, from, size);
    return { size, body: wholeBody(fileChunks(path, from), size - from, (error) => readError(error, key)) };
  }

  async read(key: string, bytesMax = Number.MAX_SAFE_INTEGER): Promise<Uint8Array> {
    const { size } = await this.requireFound(key);
    if (size > bytesMax) throw tooLarge(bytesMax);
    try {
      return new Uint8Array(await readFile(this.path(key)));
    } catch (error) {
      throw readError(error, key);
    }
  }

  async head(key: string): Promise<{ size: number } | undefined> {
    const size = await fileSize(this.path(key), key);
    return size === undefined ? undefined : { size };
  }

  async *list(prefix: string): AsyncIterable<{ key: string; size: number }> {
    for (const key of await fileKeys(this.root, prefix)) {
      const head = await this.head(key);
      if (head) yield { key, size: head.size };
    }
  }

  async remove(key: string): Promise<void> {
    const path = this.path(key);
    await this.retention.inTurn(key, async () => {
      const until = await onDisk(() => this.retention.until(key));
      if (until !== undefined && !isOver(until)) throw retained(key, until);
      await this.discard(key, path);
    });
  }

  async overwrite(key: string, bytes: Uint8Array): Promise<void> {
    const target = this.path(requireMutable(key, this.mutablePrefixes));
    await this.placing(key, new MeasuredBody(bytes, {}), async (temporary) => {
      await this.folders.make(dirname(target));
      await rename(temporary, target);
      await syncFolder(dirname(target));
    });
  }

  async extendRetention(key: string, until: Instant): Promise<void> {
    requireRetainable(key, this.mutablePrefixes);
    await this.retain(key, until);
  }

  async retainedUntil(key: string): Promise<Instant | undefined> {
    await this.requireFound(key);
    return onDisk(() => this.retention.until(key));
  }

  probe(): Promise<StoreReport> {
    return probeFiles(this, this.root, (key) => this.discard(key, this.path(key)));
  }

  async health(): Promise<{ ok: boolean; detail: string }> {
    try {
      await stat(this.temporary.folder);
      return { ok: true, detail: this.guarantees.description };
    } catch (error) {
      return { ok: false, detail: error instanceof Error ? error.message : String(error) };
    }
  }

  private path(key: string): string {
    return join(this.root, requireKey(key));
  }

  private async requireFound(key: string): Promise<{ size: number }> {
    const found = await this.head(key);
    if (!found) throw notFound(key);
    return found;
  }

  /** An object that goes at the same moment is not retained: one of the two is first. */
  private retain(key: string, until: Instant): Promise<void> {
    return this.retention.inTurn(key, async () => {
      await this.requireFound(key);
      await onDisk(() => this.retention.extend(key, until));
    });
  }

  private async discard(key: string, path: string): Promise<void> {
    await unlink(path).catch((error: unknown) => {
      if (!isMissing(error)) throw nameError(error, key);
    });
    await onDisk(() => this.retention.forget(key));
  }

  /** Writes the bytes beside their place and lets `place` bring them there; no temporary file stays. */
  private async placing<T>(
    key: string,
    body: AsyncIterable<Uint8Array>,
    place: (temporary: string) => Promise<T>,
  ): Promise<T> {
    const temporary = await this.temporary.write(body);
    try {
      return await place(temporary);
    } catch (error) {
      throw nameError(error, key);
    } finally {
      await this.temporary.remove(temporary);
    }
  }

  private async linked(file: string, to: string, stored: Stored): Promise<void> {
    try {
      await this.linkTo(file, this.path(to), to, stored);
    } catch (error) {
      throw nameError(error, to);
    }
  }

  /** A second name for a file, durable; where the name is taken, it must be that of the same bytes. */
  private async linkTo(file: string, target: string, key: string, stored: Stored): Promise<void> {
    await this.folders.make(dirname(target));
    try {
      await link(file, target);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      await this.requireSame(key, stored);
    }
    await syncFolder(dirname(target));
  }

  private async requireSame(key: string, stored: Stored): Promise<void> {
    if ((await fileSha256(this.path(key))) !== stored.sha256) throw otherBytes(key);
  }
}
