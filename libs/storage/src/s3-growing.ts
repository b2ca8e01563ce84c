import { createHash } from 'node:crypto';
import { invariant } from '#kernel';
import { s3CopyWithin, s3RequireFirst } from './s3-writing.js';
import { s3PartsOf, s3UploadsOf } from './s3-parts.js';
import { onServer } from './s3-errors.js';
import type { GrowingObject, Stored } from './object-store.port.js';
import type { S3Place } from './s3-client.js';
import { mismatch } from './storage-refusals.js';

/** S3 takes shorter parts only as the last (AWS: "Multipart upload limits"). */
const PART_BYTES_MIN = 5 * 1024 * 1024;
/** A part is sent as soon as so much waits, less what has to stay for the next one to be long enough. */
const WAITING_BYTES_MAX = 13 * 1024 * 1024;

interface Part {
  readonly part: number;
  readonly etag: string;
}

/**
 * A multipart upload: parts are sent as bytes come, and each sync ends one. A short part is the last one: what follows
 * needs another object. At most 13 MiB wait in memory, beside the part that is being sent.
 */
export class S3Growing implements GrowingObject {
  size = 0;
  canGrow = true;
  private readonly hash = createHash('sha256');
  private readonly parts: Part[] = [];
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  /** Parts go one after the other. */
  private sent: Promise<void> = Promise.resolve();
  private versionId: string | undefined;
  private isClosed = false;

  private constructor(
    private readonly at: S3Place,
    private readonly key: string,
    private readonly uploadId: string,
  ) {}

  static async begin(place: S3Place, key: string): Promise<S3Growing> {
    const { client, bucket } = place;
    const uploadId = await onServer(key, () => client.initiateNewMultipartUpload(bucket, key, {}));
    return new S3Growing(place, key, uploadId);
  }

  async write(chunks: readonly Uint8Array[]): Promise<void> {
    invariant(this.canGrow, 'after a short part nothing is added');
    for (const chunk of chunks) {
      this.hash.update(chunk);
      this.size += chunk.length;
      this.waiting.push(chunk.slice());
      this.waitingBytes += chunk.length;
    }
    if (this.waitingBytes < WAITING_BYTES_MAX) return;
    const before = this.sent;
    this.send(this.waitingBytes - PART_BYTES_MIN);
    await before;
  }

  async sync(): Promise<void> {
    if (this.waitingBytes > 0) this.send(this.waitingBytes);
    await this.sent;
  }

  /** The first so many of the bytes that wait, as a part, after those before it. */
  private send(length: number): void {
    const all = Buffer.concat(this.waiting, this.waitingBytes);
    const bytes = all.subarray(0, length);
    this.waiting = length < all.length ? [Buffer.from(all.subarray(length))] : [];
    this.waitingBytes -= length;
    if (length < PART_BYTES_MIN) this.canGrow = false;
    this.sent = this.sendAfter(this.sent, bytes);
    this.sent.catch(() => (this.canGrow = false));
  }

  private async sendAfter(before: Promise<void>, bytes: Buffer): Promise<void> {
    await before;
    const { client, bucket } = this.at;
    const of = { bucketName: bucket, objectName: this.key, uploadID: this.uploadId, headers: {} };
    const partNumber = this.parts.length + 1;
    const { etag } = await onServer(this.key, () => client.uploadPart({ ...of, partNumber }, bytes));
    this.parts.push({ part: partNumber, etag });
  }

  async place(to: string, expect: Stored): Promise<Stored> {
    await this.sync();
    const stored = { sha256: this.hash.digest('hex'), size: this.size };
    await this.close();
    if (stored.sha256 !== expect.sha256 || stored.size !== expect.size) throw mismatch(expect);
    invariant(this.versionId !== undefined, 'an object with bytes was completed');
    const { key, versionId } = this;
    const own = await s3CopyWithin(this.at, { key, versionId }, to, stored.sha256);
    await s3RequireFirst(this.at, to, stored, own);
    return stored;
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.canGrow = false;
    await this.sent.catch(() => undefined);
    const { client, bucket } = this.at;
    await onServer(this.key, async () => {
      if (this.parts.length === 0) await client.abortMultipartUpload(bucket, this.key, this.uploadId);
      else this.versionId = await complete(this.at, this.key, this.uploadId, this.parts);
    });
  }
}

/** Ends whatever still grows under this name, so that it can be read; a part that comes later is refused. */
export async function s3Settle(place: S3Place, key: string): Promise<void> {
  for (const uploadId of await s3UploadsOf(place, key)) {
    const parts = await s3PartsOf(place, key, uploadId);
    await onServer(key, async () => {
      if (parts.length === 0) await place.client.abortMultipartUpload(place.bucket, key, uploadId);
      else await complete(place, key, uploadId, parts);
    });
  }
}

async function complete(
  { client, bucket }: S3Place,
  key: string,
  uploadId: string,
  parts: readonly Part[],
): Promise<string> {
  const made = await client.completeMultipartUpload(bucket, key, uploadId, [...parts]);
  return made.versionId ?? 'null';
}
