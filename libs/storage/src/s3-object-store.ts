import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'minio';
import { DomainError, type Instant } from '#kernel';
import type { StorageErrorCode } from '#contracts';
import { MeasuredBody } from './measured-body.js';
import { requireKey, requireMutable } from './object-key.js';
import type { Body, ObjectStore, PutOptions, Stored } from './object-store.port.js';

export interface S3Settings {
  /** `http(s)://host:port` */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly bucket: string;
  readonly region?: string;
  readonly mutablePrefixes: readonly string[];
  /** Makes the bucket where it is missing; otherwise a missing bucket is an error. */
  readonly createBucket?: boolean;
}

const META_SHA256 = 'sha256';
const MISSING = new Set(['NotFound', 'NoSuchKey', 'NoSuchBucket', 'NoSuchVersion']);
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
    const {
      endpoint,
      accessKey,
      secretKey,
      bucket,
      region = 'us-east-1',
      mutablePrefixes,
      createBucket = false,
    } = settings;
    const url = new URL(endpoint);
    const useSSL = url.protocol === 'https:';
    const port = url.port === '' ? (useSSL ? 443 : 80) : parseInt(url.port, 10);
    const client = new Client({
      endPoint: url.hostname,
      port,
      useSSL,
      accessKey,
      secretKey,
      region,
      pathStyle: true,
    });
    const store = new S3ObjectStore(client, bucket, mutablePrefixes);
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
      if (await this.holds(key, stored)) return stored;
      await this.guarded(key, () =>
        this.client.putObject(this.bucket, key, createReadStream(spool), stored.size, {
          [`x-amz-meta-${META_SHA256}`]: stored.sha256,
        }),
      );
      if (options.retainUntil) await this.retain(key, options.retainUntil);
      return stored;
    } finally {
      await unlink(spool).catch(() => undefined);
    }
  }

  async get(key: string): Promise<{ size: number; body: AsyncIterable<Uint8Array> }> {
    const found = await this.head(key);
    if (!found) throw notFound(key);
    const body = await this.guarded(key, () => this.client.getObject(this.bucket, key));
    return { size: found.size, body: body as AsyncIterable<Uint8Array> };
  }

  async read(key: string, bytesMax = Number.MAX_SAFE_INTEGER): Promise<Uint8Array> {
    const { size, body } = await this.get(key);
    if (size > bytesMax) {
      throw new DomainError<StorageErrorCode>('object.too-large', `The object has ${size} bytes.`, {
        bytesMax,
      });
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
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
    const found = await this.stat(key);
    if (!found) return;
    try {
      await this.client.removeObject(this.bucket, key, found.versionId ? { versionId: found.versionId } : {});
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
    if (await this.client.bucketExists(this.bucket)) return;
    if (!create)
      throw new Error(`the bucket ${this.bucket} does not exist; make it with Object Lock and versioning`);
    await this.client.makeBucket(this.bucket, '', { ObjectLocking: true });
    await this.client.setBucketVersioning(this.bucket, { Status: 'Enabled' });
  }

  private async holds(key: string, stored: Stored): Promise<boolean> {
    const found = await this.stat(key);
    if (!found) return false;
    const metaData = found.metaData as Readonly<Record<string, string>>;
    if (found.size === stored.size && metaData[META_SHA256] === stored.sha256) return true;
    throw new DomainError<StorageErrorCode>('object.exists', 'Other bytes are kept under this name.', {
      key,
    });
  }

  private async retain(key: string, until: Instant): Promise<void> {
    await this.guarded(key, () =>
      this.client.putObjectRetention(this.bucket, key, {
        mode: 'COMPLIANCE',
        retainUntilDate: until,
      } as never),
    );
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

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

function translated(error: unknown, key: string): unknown {
  if (MISSING.has(codeOf(error))) return notFound(key);
  const isConnection = /^(?:ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|SlowDown|ServiceUnavailable|InternalError)/.test(
    codeOf(error),
  );
  if (!isConnection) return error;
  return new DomainError<StorageErrorCode>(
    'storage.unavailable',
    'The object store cannot be reached; try again.',
  );
}

const notFound = (key: string) =>
  new DomainError<StorageErrorCode>('object.not-found', 'There is no such object.', { key });
