import { type Instant, invariant } from '#kernel';
import { MeasuredBody } from './measured-body.js';
import { isMutable, requireKey, requireMutable, requireRetainable } from './object-key.js';
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
import { bucketFault } from './s3-bucket.js';
import { s3Client, type S3Place, type S3Settings } from './s3-client.js';
import { isMissing, isRefused, onServer, s3Error } from './s3-errors.js';
import { S3Growing, s3Settle } from './s3-growing.js';
import { s3UploadsOf } from './s3-parts.js';
import { type OpenedObject, s3Get } from './s3-reading.js';
import { s3Retain, s3RetentionOf } from './s3-retention.js';
import { firstVersion, s3Versions, type S3Version } from './s3-versions.js';
import { s3CopyWithin, s3IsSame, s3RequireFirst, s3Upload } from './s3-writing.js';
import { ownSpoolFolder } from './spool-folder.js';
import { mismatch, notFound, retained, tooLarge } from './storage-refusals.js';
import { doctor } from './storage-doctor.js';
import type { StoreReport } from './store-report.js';
import { TemporaryFiles } from './temporary-files.js';

/** The most that S3 copies in one request. */
const COPIED_AT_ONCE_BYTES_MAX = 5 * 1024 ** 3;

/**
 * Objects in a bucket with versioning and Object Lock of any S3 server. A body is spooled to a file and measured
 * first, so a wrong one uploads nothing; retention is COMPLIANCE, which not even the owner can shorten. A name that is
 * not mutable stands for its first version, whatever anyone with the key to the bucket lays over it.
 */
export class S3ObjectStore implements ObjectStore {
  readonly guarantees = {
    worm: true,
    description: 'S3 with versioning and Object Lock: retained versions cannot be deleted before their time',
  } as const;
  private readonly place: S3Place;
  private readonly spool: TemporaryFiles;

  private constructor(private readonly settings: S3Settings) {
    const { bucket, spoolFolder, temporaryBytesMax } = settings;
    this.place = { client: s3Client(settings), bucket };
    this.spool = new TemporaryFiles({
      base: spoolFolder ?? ownSpoolFolder(),
      isSynced: false,
      ...(temporaryBytesMax === undefined ? {} : { bytesMax: temporaryBytesMax }),
    });
  }

  /** Throws `storage.unavailable`, and an Error where the bucket cannot hold anything back. */
  static async connect(settings: S3Settings): Promise<S3ObjectStore> {
    const store = new S3ObjectStore(settings);
    const fault = await store.spoken(() => bucketFault(store.place, settings.createBucket ?? false));
    if (fault !== undefined) throw new Error(fault);
    return store;
  }

  async put(key: string, body: Body, options: PutOptions = {}): Promise<Stored> {
    if (options.retainUntil) requireRetainable(key, this.settings.mutablePrefixes);
    requireKey(key);
    const measured = new MeasuredBody(body, options);
    const file = await this.spool.write(measured);
    try {
      const stored = measured.finish();
      const isHeld = (await firstVersion(this.place, key)) !== undefined;
      const own = isHeld ? undefined : await s3Upload(this.place, key, file, stored);
      const versionId = await s3RequireFirst(this.place, key, stored, own);
      if (options.retainUntil) await s3Retain(this.place, key, versionId, options.retainUntil);
      return stored;
    } finally {
      await this.spool.remove(file);
    }
  }

  async copy(from: string, to: string, { expect, retainUntil }: CopyOptions): Promise<Stored> {
    if (retainUntil) requireRetainable(to, this.settings.mutablePrefixes);
    requireKey(to);
    const isHeld = (await firstVersion(this.place, to)) !== undefined;
    const own = isHeld ? undefined : await this.copied(from, to, expect);
    const versionId = await s3RequireFirst(this.place, to, expect, own);
    if (retainUntil) await s3Retain(this.place, to, versionId, retainUntil);
    return expect;
  }

  grow(key: string): Promise<GrowingObject> {
    return S3Growing.begin(this.place, requireKey(key));
  }

  settle(key: string): Promise<void> {
    return s3Settle(this.place, requireKey(key));
  }

  async get(key: string, { from = 0 }: GetOptions = {}): Promise<FoundObject> {
    const { size, body } = await this.open(key, from);
    return { size, body };
  }

  async read(key: string, bytesMax = Number.MAX_SAFE_INTEGER): Promise<Uint8Array> {
    const { size, body, leave } = await this.open(key, 0);
    if (size > bytesMax) {
      leave();
      throw tooLarge(bytesMax);
    }
    const bytes = new Uint8Array(size);
    let at = 0;
    for await (const chunk of body) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  async head(key: string): Promise<{ size: number } | undefined> {
    const found = await this.find(key);
    return found && { size: found.size };
  }

  async *list(prefix: string): AsyncIterable<{ key: string; size: number }> {
    const { client, bucket } = this.place;
    const found = client.listObjectsV2(bucket, prefix, true) as AsyncIterable<{
      name?: string;
      size: number;
    }>;
    try {
      for await (const { name, size } of found) if (name) yield { key: name, size };
    } catch (error) {
      throw s3Error(error, prefix);
    }
  }

  async remove(key: string): Promise<void> {
    for (const uploadId of await s3UploadsOf(this.place, requireKey(key))) {
      await onServer(key, () => this.place.client.abortMultipartUpload(this.place.bucket, key, uploadId));
    }
    for (const { versionId } of await s3Versions(this.place, key)) {
      try {
        await this.place.client.removeObject(this.place.bucket, key, { versionId });
      } catch (error) {
        if (!isRefused(error)) throw s3Error(error, key);
        const set = await s3RetentionOf(this.place, key, versionId);
        throw set && !isOver(set.until) ? retained(key, set.until) : s3Error(error, key);
      }
    }
  }

  async overwrite(key: string, bytes: Uint8Array): Promise<void> {
    requireMutable(key, this.settings.mutablePrefixes);
    const { client, bucket } = this.place;
    await onServer(key, () => client.putObject(bucket, key, Buffer.from(bytes), bytes.length));
  }

  async extendRetention(key: string, until: Instant): Promise<void> {
    requireRetainable(key, this.settings.mutablePrefixes);
    const { versionId } = await this.requireFound(key);
    await s3Retain(this.place, key, versionId, until);
  }

  async retainedUntil(key: string): Promise<Instant | undefined> {
    const { versionId } = await this.requireFound(key);
    const set = await s3RetentionOf(this.place, key, versionId);
    // What can be lifted is no promise.
    return set?.mode === 'COMPLIANCE' ? set.until : undefined;
  }

  probe(): Promise<StoreReport> {
    return doctor(this.settings);
  }

  async health(): Promise<{ ok: boolean; detail: string }> {
    const { client, bucket } = this.place;
    try {
      const exists = await client.bucketExists(bucket);
      return { ok: exists, detail: exists ? this.guarantees.description : `no bucket ${bucket}` };
    } catch (error) {
      return { ok: false, detail: error instanceof Error ? error.message : String(error) };
    }
  }

  private async open(key: string, from: number): Promise<OpenedObject> {
    invariant(Number.isSafeInteger(from) && from >= 0, 'a range begins at a byte');
    // The latest bytes of a mutable name need no look beforehand.
    const isLatest = from === 0 && isMutable(key, this.settings.mutablePrefixes);
    return s3Get(this.place, key, from, isLatest ? undefined : await this.requireFound(key));
  }

  private async copied(from: string, to: string, expect: Stored): Promise<string | undefined> {
    const { versionId, size } = await this.requireFound(from);
    if (size !== expect.size || !(await s3IsSame(this.place, from, versionId, expect)))
      throw mismatch(expect);
    if (size <= COPIED_AT_ONCE_BYTES_MAX) return s3CopyWithin(this.place, { key: from, versionId }, to);
    // Too large for one request of the server: through this process, hashed on its way.
    await this.put(to, (await this.get(from)).body, { expect });
    return undefined;
  }

  private async requireFound(key: string): Promise<S3Version> {
    const found = await this.find(key);
    if (!found) throw notFound(key);
    return found;
  }

  /** What the name stands for: its first version, or the latest where it is mutable. */
  private async find(key: string): Promise<S3Version | undefined> {
    if (!isMutable(requireKey(key), this.settings.mutablePrefixes)) return firstVersion(this.place, key);
    const { client, bucket } = this.place;
    try {
      const { size, versionId } = await client.statObject(bucket, key);
      return { size, versionId: versionId ?? 'null' };
    } catch (error) {
      if (!isMissing(error)) throw s3Error(error, key);
      // To a HEAD a server cannot say which of the two is missing, and a bucket that is must not pass for an object.
      await this.spoken(async () => {
        if (!(await client.bucketExists(bucket))) await client.listObjectsV2(bucket, key).toArray();
      });
      return undefined;
    }
  }

  private spoken<T>(work: () => Promise<T>): Promise<T> {
    return onServer(this.place.bucket, work);
  }
}
