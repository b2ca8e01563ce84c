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

interface Part {
  readonly part: number;
  readonly etag: string;
}

/**
 * A multipart upload: each sync is a part. A short part is the last one: what follows needs another object. Beside the
 * part that is being sent, what comes until the next sync waits in memory.
 */
export class S3Growing implements GrowingObject {
  size = 0;
  canGrow = true;
  private readonly hash = createHash('sha256');
  private readonly parts: Part[] = [];
  private waiting: Uint8Array[] = [];
  private versionId: string | undefined;
  private isClosed = false;

  private constructor(
    private readonly place_: S3Place,
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
    }
  }

  async sync(): Promise<void> {
    if (this.waiting.length === 0) return;
    const bytes = Buffer.concat(this.waiting);
    this.waiting = [];
    if (bytes.length < PART_BYTES_MIN) this.canGrow = false;
    const { client, bucket } = this.place_;
    const at = { bucketName: bucket, objectName: this.key, uploadID: this.uploadId, headers: {} };
    try {
      const partNumber = this.parts.length + 1;
      const { etag } = await onServer(this.key, () => client.uploadPart({ ...at, partNumber }, bytes));
      this.parts.push({ part: partNumber, etag });
    } catch (error) {
      this.canGrow = false;
      throw error;
    }
  }

  async place(to: string, expect: Stored): Promise<Stored> {
    await this.sync();
    const stored = { sha256: this.hash.digest('hex'), size: this.size };
    await this.close();
    if (stored.sha256 !== expect.sha256 || stored.size !== expect.size) throw mismatch(expect);
    invariant(this.versionId !== undefined, 'an object with bytes was completed');
    const { key, versionId } = this;
    const own = await s3CopyWithin(this.place_, { key, versionId }, to, stored.sha256);
    await s3RequireFirst(this.place_, to, stored, own);
    return stored;
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.canGrow = false;
    const { client, bucket } = this.place_;
    await onServer(this.key, async () => {
      if (this.parts.length === 0) await client.abortMultipartUpload(bucket, this.key, this.uploadId);
      else this.versionId = await complete(this.place_, this.key, this.uploadId, this.parts);
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
