import { createReadStream } from 'node:fs';
import { link, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { DomainError } from '#kernel';
import type { StorageErrorCode } from '#contracts';
import { DurableFolders, syncFolder } from './durable-folder.js';
import { MeasuredBody } from './measured-body.js';
import { requireKey, requireMutable } from './object-key.js';
import type { Body, ObjectStore, PutOptions, Stored } from './object-store.port.js';
import { TemporaryFiles } from './temporary-files.js';

/** The disk is full, worn or read-only: trying again may help, and nothing was acknowledged. */
const UNAVAILABLE = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE', 'ENFILE']);

/**
 * Objects as files of one folder. A body is written beside its place, synced, and linked into it: a kill leaves at
 * most a temporary file, swept at the next start. Whoever may write the folder can change it: it is tamper-evident
 * through the hashes that the ledger holds, not write-once.
 */
export class FileObjectStore implements ObjectStore {
  readonly guarantees = {
    worm: false,
    description:
      'files: durable and tamper-evident; retention is not enforced against whoever may write the folder',
  } as const;
  private readonly root: string;
  private readonly temporary: TemporaryFiles;
  private readonly folders: DurableFolders;
  private readonly mutablePrefixes: readonly string[];

  constructor({ root, mutablePrefixes }: { root: string; mutablePrefixes: readonly string[] }) {
    this.root = resolve(root);
    this.mutablePrefixes = mutablePrefixes;
    this.folders = new DurableFolders(this.root);
    this.temporary = new TemporaryFiles(join(this.root, '.tmp'));
  }

  async put(key: string, body: Body, options: PutOptions = {}): Promise<Stored> {
    const target = this.path(key);
    const measured = new MeasuredBody(body, options);
    return this.placing(key, measured, async (temporary) => {
      const stored = measured.finish();
      await this.folders.make(dirname(target));
      await link(temporary, target).catch((error: unknown) => this.sameOrRefuse(error, key, stored));
      await syncFolder(dirname(target));
      return stored;
    });
  }

  async get(key: string): Promise<{ size: number; body: AsyncIterable<Uint8Array> }> {
    const found = await this.head(key);
    if (!found) throw notFound(key);
    return { size: found.size, body: createReadStream(this.path(key)) };
  }

  async read(key: string, bytesMax = Number.MAX_SAFE_INTEGER): Promise<Uint8Array> {
    const found = await this.head(key);
    if (!found) throw notFound(key);
    if (found.size > bytesMax) {
      throw new DomainError<StorageErrorCode>('object.too-large', `The object has ${found.size} bytes.`, {
        bytesMax,
      });
    }
    return new Uint8Array(await readFile(this.path(key)));
  }

  async head(key: string): Promise<{ size: number } | undefined> {
    try {
      const found = await stat(this.path(key));
      return found.isFile() ? { size: found.size } : undefined;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async *list(prefix: string): AsyncIterable<{ key: string; size: number }> {
    const found = await readdir(this.root, { recursive: true, withFileTypes: true });
    const keys = found
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1))
      .filter((key) => key.startsWith(prefix) && !key.startsWith('.tmp'))
      .sort();
    for (const key of keys) {
      const head = await this.head(key);
      if (head) yield { key, size: head.size };
    }
  }

  async remove(key: string): Promise<void> {
    await unlink(this.path(key)).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
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

  /** Writes the bytes beside their place and lets `place` bring them there; no temporary file stays. */
  private async placing<T>(
    key: string,
    body: AsyncIterable<Uint8Array>,
    place: (temporary: string) => Promise<T>,
  ): Promise<T> {
    try {
      const temporary = await this.temporary.write(body);
      try {
        return await place(temporary);
      } finally {
        await this.temporary.remove(temporary);
      }
    } catch (error) {
      throw translated(error, key);
    }
  }

  private async sameOrRefuse(error: unknown, key: string, stored: Stored): Promise<void> {
    if (codeOf(error) !== 'EEXIST') throw error;
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(this.path(key))) hash.update(chunk as Uint8Array);
    if (hash.digest('hex') !== stored.sha256) {
      throw new DomainError<StorageErrorCode>('object.exists', 'Other bytes are kept under this name.', {
        key,
      });
    }
  }
}

const notFound = (key: string) =>
  new DomainError<StorageErrorCode>('object.not-found', 'There is no such object.', { key });

const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error));

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

function translated(error: unknown, key: string): unknown {
  const code = codeOf(error);
  if (UNAVAILABLE.has(code)) {
    return new DomainError<StorageErrorCode>(
      'storage.unavailable',
      'The folder of objects takes nothing now; try again.',
      { cause: code },
    );
  }
  // A file and a folder cannot have the same name: `a` and `a/b` exclude each other here.
  if (['EISDIR', 'ENOTDIR', 'EEXIST'].includes(code)) {
    return new DomainError<StorageErrorCode>(
      'object.key-invalid',
      'A name on the way to this object, or this name itself, is used otherwise.',
      { key },
    );
  }
  return error;
}
