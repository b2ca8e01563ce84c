import type { S3Place } from './s3-client.js';
import { codeOf } from './error-code.js';
import { isUnlocked } from './s3-errors.js';

/**
 * What a bucket lacks of what is promised, in words; undefined where it has all. It is looked at, not assumed: an older
 * bucket may have neither versioning nor Object Lock.
 */
export async function bucketFault(place: S3Place, create: boolean): Promise<string | undefined> {
  const { client, bucket } = place;
  if (!(await client.bucketExists(bucket))) {
    if (!create) return `the bucket ${bucket} does not exist; make it with Object Lock and versioning`;
    await client.makeBucket(bucket, '', { ObjectLocking: true }).catch(unlessMadeMeanwhile);
    await client.setBucketVersioning(bucket, { Status: 'Enabled' });
  }
  if ((await versioningOf(place)) === 'Enabled' && (await lockOf(place)).isEnabled) return undefined;
  return `the bucket ${bucket} lacks versioning or Object Lock; make another that has both`;
}

/** `Enabled`, `Suspended`, or undefined where it was never switched on. */
export async function versioningOf({ client, bucket }: S3Place): Promise<string | undefined> {
  const set = (await client.getBucketVersioning(bucket)) as { Status?: string } | '';
  return set === '' ? undefined : set.Status;
}

interface LockConfig {
  readonly objectLockEnabled?: string;
  readonly mode?: unknown;
}

export interface BucketLock {
  readonly isEnabled: boolean;
  /** The mode in which every new version is locked, asked or not; undefined where none is. */
  readonly byDefault: string | undefined;
}

export async function lockOf({ client, bucket }: S3Place): Promise<BucketLock> {
  try {
    const set = (await client.getObjectLockConfig(bucket)) as LockConfig | undefined;
    const byDefault = set?.mode === undefined ? undefined : String(set.mode);
    return { isEnabled: set?.objectLockEnabled === 'Enabled', byDefault };
  } catch (error) {
    if (isUnlocked(error)) return { isEnabled: false, byDefault: undefined };
    throw error;
  }
}

function unlessMadeMeanwhile(error: unknown): void {
  if (codeOf(error) !== 'BucketAlreadyOwnedByYou') throw error;
}
