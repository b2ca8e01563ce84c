import type { S3Place } from './s3-client.js';
import { onServer } from './s3-errors.js';

export interface S3Version {
  /** `null` (the word) where it was put before versioning was switched on. */
  readonly versionId: string;
  readonly size: number;
}

interface Listed {
  readonly name?: string;
  readonly versionId?: string;
  readonly size?: number;
  readonly isDeleteMarker?: boolean;
}

/**
 * Every version under exactly this name, the newest first; marks of deletion are none. Throws `storage.unavailable`,
 * also where the bucket has gone.
 */
export function s3Versions({ client, bucket }: S3Place, key: string): Promise<S3Version[]> {
  return onServer(key, async () => {
    const found: S3Version[] = [];
    const listed: AsyncIterable<Listed> = client.listObjects(bucket, key, true, { IncludeVersion: true });
    // In key order: what only begins with this name comes after it.
    for await (const { name, versionId = 'null', size = 0, isDeleteMarker = false } of listed) {
      if (name !== key) break;
      if (!isDeleteMarker) found.push({ versionId: String(versionId), size });
    }
    return found;
  });
}

/**
 * The version that an immutable name stands for: the first that was put. What anyone lays over it later, other bytes or
 * a mark of deletion, changes nothing.
 */
export const firstVersion = async (place: S3Place, key: string): Promise<S3Version | undefined> =>
  (await s3Versions(place, key)).at(-1);
