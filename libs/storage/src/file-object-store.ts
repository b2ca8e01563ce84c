import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { link, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { createHash, randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { DomainError } from '#kernel';
import type { StorageErrorCode } from '#contracts';
import { MeasuredBody } from './measured-body.js';
import { requireKey, requireMutable } from './object-key.js';
import type { Body, ObjectStore, PutOptions, Stored } from './object-store.port.js';

const READ_ONLY = 0o444;

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
  private readonly temporary: string;
  private readonly mutablePrefixes: readonly string[];

  constructor({ root, mutablePrefixes }: { root: string; mutablePrefixes: readonly string[] }) {
    this.root = resolve(root);
    this.temporary = join(this.root, '.tmp');
    this.mutablePrefixes = mutablePrefixes;
    mkdirSync(this.temporary, { recursive: true, mode: 0o700 });
    for (const left of readdirSync(this.temporary)) rmSync(join(this.temporary, left), { force: true });
  }

  async put(key: string, body: Body, options: PutOptions = {}): Promise<Stored> {
    const target = this.path(key);
    const measured = new MeasuredBody(body, options);
    const temporary = await this.writeTemporary(measured);
    try {
      const stored = measured.finish();
      await mkdir(dirname(target), { recursive: true });
      await link(temporary, target).catch((error: unknown) => this.sameOrRefuse(error, key, stored));
      await syncFolder(dirname(target));
      return stored;
    } finally {
      await unlink(temporary);
    }
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
      const { size } = await stat(this.path(key));
      return { size };
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
    const temporary = await this.writeTemporary(new MeasuredBody(bytes, {}));
    await mkdir(dirname(target), { recursive: true });
    await rename(temporary, target);
    await syncFolder(dirname(target));
  }

  async health(): Promise<{ ok: boolean; detail: string }> {
    try {
      await stat(this.temporary);
      return { ok: true, detail: this.guarantees.description };
    } catch (error) {
      return { ok: false, detail: error instanceof Error ? error.message : String(error) };
    }
  }

  private path(key: string): string {
    return join(this.root, requireKey(key));
  }

  private async writeTemporary(body: AsyncIterable<Uint8Array>): Promise<string> {
    const path = join(this.temporary, randomBytes(12).toString('hex'));
    const file = await open(path, 'wx', READ_ONLY);
    try {
      for await (const chunk of body) await file.writeFile(chunk);
      await file.sync();
      return path;
    } catch (error) {
      await unlink(path);
      throw error;
    } finally {
      await file.close();
    }
  }

  private async sameOrRefuse(error: unknown, key: string, stored: Stored): Promise<void> {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
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

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code));

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
