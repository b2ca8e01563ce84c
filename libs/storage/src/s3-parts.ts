import type { S3Place } from './s3-client.js';
import { onServer } from './s3-errors.js';

/** Ids of the multipart uploads under exactly this name that were neither completed nor aborted. */
export function s3UploadsOf({ client, bucket }: S3Place, key: string): Promise<string[]> {
  return onServer(key, async () => {
    const found: string[] = [];
    const listed: AsyncIterable<{ readonly key: string; readonly uploadId: string }> =
      client.listIncompleteUploads(bucket, key, true);
    for await (const upload of listed) if (upload.key === key) found.push(upload.uploadId);
    return found;
  });
}

/** The parts that the server has of a multipart upload, in their order. */
export function s3PartsOf(
  { client, bucket }: S3Place,
  key: string,
  uploadId: string,
): Promise<{ readonly part: number; readonly etag: string }[]> {
  return onServer(key, async () => {
    const parts = await client.partsOf(bucket, key, uploadId);
    return parts.map(({ part, etag }) => ({ part, etag })).sort((a, b) => a.part - b.part);
  });
}
