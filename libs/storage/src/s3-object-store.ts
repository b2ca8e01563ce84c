import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Client, S3Error } from 'minio';
import { DomainError, type Instant, invariant } from '#kernel';
import type { StorageErrorCode } from '#contracts';
import { MeasuredBody } from './measured-body.js';
import { requireKey, requireMutable } from './object-key.js';
import type { Body, ObjectStore, PutOptions, Stored } from './object-store.port.js';
import { s3Client, type S3Settings } from './s3-client.js';
import { s3Versions } from './s3-versions.js';

const META_SHA256 = 'sha256';
const MISSING = new Set(['NotFound', 'NoSuchKey', 'NoSuchVersion']);
/** A bucket that has gone is a store that has gone: none of its objects may be taken for never made. */
const UNREACHABLE =
  /^(?:ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|NoSuchBucket|SlowDown|ServiceUnavailable|InternalError)/;
/** What a server answers whose object was there first. */
const FIRST = new Set(['PreconditionFailed', 'ConditionalRequestConflict']);
const LOCKED = new Set(['AccessDenied', 'ObjectLocked', 'InvalidRequest']);

/**
 * Objects in a bucket with versioning and Object Lock of any S3 server. A body is spooled to a file and measured
 * first, so a wrong one uploads nothing; retention is COMPLIANCE, which not even the owner can shorten.
 */
export class S3ObjectStore implements ObjectStore {
  readonly guarantees = {
    worm: true,
    description: 'S3 with versioning and Object Lock: retained versions cannot be deleted before their time',
  } as const;

  private constructor(
    private readonly client: Client,
    private readonly bucket: string,
    private readonly mutablePrefixes: readonly string[],
  ) {}

  static async connect(settings: S3Settings): Promise<S3ObjectStore> {
    const { bucket, mutablePrefixes, createBucket = false } = settings;
    const store = new S3ObjectStore(s3Client(settings), bucket, mutablePrefixes);
    await store.guarded(bucket, () => store.ensureBucket(createBucket));
    return store;
  }

  async put(key: string, body: Body, options: PutOptions = {}): Promise<Stored> {
    requireKey(key);
    const measured = new MeasuredBody(body, options);
    const spool = join(tmpdir(), `sunseal-spool-${randomBytes(12).toString('hex')}`);
    try {
      await pipeline(Readable.from(measured), createWriteStream(spool, { flags: 'wx', mode: 0o600 }));
      const stored = measured.finish();
      const isHeld = (await this.stat(key)) !== undefined;
      const own = isHeld ? undefined : await this.upload(key, spool, stored);
      const versionId = await this.requireFirst(key, stored, own);
      if (options.retainUntil) await this.retain(key, versionId, options.retainUntil);
      return stored;
    } finally {
      await unlink(spool).catch(() => undefined);
    }
  }

  async get(key: string): Promise<{ size: number; body: AsyncIterable<Uint8Array> }> {
    const body = await this.open(key);
    return { size: sizeOf(body), body };
  }

  async read(key: string, bytesMax = Number.MAX_SAFE_INTEGER): Promise<Uint8Array> {
    const body = await this.open(key);
    const size = sizeOf(body);
    if (size > bytesMax) {
      body.destroy();
      throw new DomainError<StorageErrorCode>('object.too-large', `The object has ${size} bytes.`, {
        bytesMax,
      });
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk as Uint8Array);
    return new Uint8Array(Buffer.concat(chunks));
  }

  async head(key: string): Promise<{ size: number } | undefined> {
    const found = await this.stat(key);
    return found ? { size: found.size } : undefined;
  }

  async *list(prefix: string): AsyncIterable<{ key: string; size: number }> {
    const found = this.client.listObjectsV2(this.bucket, prefix, true) as AsyncIterable<{
      name?: string;
      size: number;
    }>;
    for await (const { name, size } of found) if (name) yield { key: name, size };
  }

  async remove(key: string): Promise<void> {
    requireKey(key);
    try {
      for (const { versionId } of await s3Versions(this.client, this.bucket, key)) {
        await this.client.removeObject(this.bucket, key, { versionId });
      }
    } catch (error) {
      if (LOCKED.has(codeOf(error))) {
        throw new DomainError<StorageErrorCode>(
          'object.retained',
          'The object is kept until its retention ends.',
          { key },
        );
      }
      throw translated(error, key);
    }
  }

  async overwrite(key: string, bytes: Uint8Array): Promise<void> {
    requireMutable(key, this.mutablePrefixes);
    await this.guarded(key, () => this.client.putObject(this.bucket, key, Buffer.from(bytes), bytes.length));
  }

  async health(): Promise<{ ok: boolean; detail: string }> {
    try {
      const exists = await this.client.bucketExists(this.bucket);
      return { ok: exists, detail: exists ? this.guarantees.description : `no bucket ${this.bucket}` };
    } catch (error) {
      return { ok: false, detail: error instanceof Error ? error.message : String(error) };
    }
  }

  private async ensureBucket(create: boolean): Promise<void> {
    const { client, bucket } = this;
    if (!(await client.bucketExists(bucket))) {
      if (!create)
        throw new Error(`the bucket ${bucket} does not exist; make it with Object Lock and versioning`);
      await client.makeBucket(bucket, '', { ObjectLocking: true }).catch(unlessMadeMeanwhile);
      await client.setBucketVersioning(bucket, { Status: 'Enabled' });
    }
    // What is promised as write-once is looked at, not assumed: an older bucket may have neither.
    const { Status: versioning } = (await client.getBucketVersioning(bucket)) as { Status?: string };
    const isLocking = await this.hasObjectLock();
    if (versioning !== 'Enabled' || !isLocking)
      throw new Error(`the bucket ${bucket} lacks versioning or Object Lock; make another that has both`);
  }

  private async hasObjectLock(): Promise<boolean> {
    try {
      await this.client.getObjectLockConfig(this.bucket);
      return true;
    } catch (error) {
      if (codeOf(error).startsWith('ObjectLock')) return false;
      throw error;
    }
  }

  private async open(key: string): Promise<Readable & { headers?: { 'content-length'?: string } }> {
    requireKey(key);
    return this.guarded(key, () => this.client.getObject(this.bucket, key));
  }

  /** The version that it made; undefined where another was first. */
  private async upload(key: string, spool: string, { sha256, size }: Stored): Promise<string | undefined> {
    const headers = { [`x-amz-meta-${META_SHA256}`]: sha256, 'If-None-Match': '*' };
    try {
      const put = () => this.client.putObject(this.bucket, key, createReadStream(spool), size, headers);
      return (await put()).versionId ?? undefined;
    } catch (error) {
      if (FIRST.has(codeOf(error))) return undefined;
      throw translated(error, key);
    }
  }

  /**
   * The version that counts. Of those that put at once it is the oldest, and all others take theirs back: not every
   * server heeds If-None-Match. Throws `object.exists` where the oldest holds other bytes.
   */
  private async requireFirst(key: string, stored: Stored, own: string | undefined): Promise<string> {
    const first = (await this.guarded(key, () => s3Versions(this.client, this.bucket, key))).at(-1);
    if (first === undefined) throw notFound(key);
    const { versionId } = first;
    if (versionId === own) return versionId;
    if (own !== undefined) {
      await this.guarded(key, () => this.client.removeObject(this.bucket, key, { versionId: own }));
    }
    const { size, metaData } = await this.guarded(key, () =>
      this.client.statObject(this.bucket, key, { versionId }),
    );
    const { [META_SHA256]: sha256 } = metaData as Readonly<Record<string, string>>;
    if (size === stored.size && sha256 === stored.sha256) return versionId;
    throw new DomainError<StorageErrorCode>('object.exists', 'Other bytes are kept under this name.', {
      key,
    });
  }

  /** Until then at least: an end that was set before is never brought forward. */
  private async retain(key: string, versionId: string, until: Instant): Promise<void> {
    const { client, bucket } = this;
    // A server answers with an error where nothing is retained yet.
    const set = await client.getObjectRetention(bucket, key, { versionId }).catch(() => undefined);
    if (set && Date.parse(String(set.retainUntilDate)) >= Date.parse(until)) return;
    const retention = { mode: 'COMPLIANCE', retainUntilDate: until, versionId };
    await this.guarded(key, () => client.putObjectRetention(bucket, key, retention as never));
  }

  private async stat(key: string) {
    try {
      return await this.client.statObject(this.bucket, requireKey(key));
    } catch (error) {
      if (MISSING.has(codeOf(error))) return undefined;
      throw translated(error, key);
    }
  }

  private async guarded<T>(key: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw translated(error, key);
    }
  }
}

/** The length that the server announced with the very bytes that follow. */
function sizeOf(body: { headers?: { 'content-length'?: string } }): number {
  const text = body.headers?.['content-length'] ?? '';
  invariant(/^\d+$/.test(text), 'an S3 server tells the length of an object');
  return parseInt(text, 10);
}

function unlessMadeMeanwhile(error: unknown): void {
  if (codeOf(error) !== 'BucketAlreadyOwnedByYou') throw error;
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

function translated(error: unknown, key: string): unknown {
  if (MISSING.has(codeOf(error))) return notFound(key);
  // An answer without a code and without words, to a HEAD: the server's own failure.
  const isWordless = error instanceof S3Error && codeOf(error) === '';
  if (!isWordless && !UNREACHABLE.test(codeOf(error))) return error;
  return new DomainError<StorageErrorCode>(
    'storage.unavailable',
    'The object store cannot be reached; try again.',
  );
}

const notFound = (key: string) =>
  new DomainError<StorageErrorCode>('object.not-found', 'There is no such object.', { key });
