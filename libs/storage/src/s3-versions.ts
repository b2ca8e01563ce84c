import type { Client } from 'minio';

export interface S3Version {
  /** `null` (the word) in a bucket without versioning. */
  readonly versionId: string;
}

interface Listed {
  readonly name?: string;
  readonly versionId?: string;
  readonly isDeleteMarker?: boolean;
}

/** Every version under exactly this name, the newest first. */
export async function s3Versions(client: Client, bucket: string, key: string): Promise<S3Version[]> {
  const found: S3Version[] = [];
  const listed: AsyncIterable<Listed> = client.listObjects(bucket, key, true, { IncludeVersion: true });
  // In key order: what only begins with this name comes after it.
  for await (const { name, versionId = 'null', isDeleteMarker = false } of listed) {
    if (name !== key) break;
    if (!isDeleteMarker) found.push({ versionId });
  }
  return found;
}
