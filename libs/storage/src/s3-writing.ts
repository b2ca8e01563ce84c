import { createReadStream } from 'node:fs';
import { CopyDestinationOptions, CopySourceOptions } from 'minio';
import type { Stored } from './object-store.port.js';
import type { S3Place } from './s3-client.js';
import { isRefused, onServer, s3Error, wasSecond } from './s3-errors.js';
import { s3Versions } from './s3-versions.js';
import { notFound, otherBytes } from './storage-refusals.js';

const META_SHA256 = 'sha256';
const ONLY_FIRST = { 'If-None-Match': '*' };

/** The version that it made; undefined where another was first and the server says so. */
export async function s3Upload(
  { client, bucket }: S3Place,
  key: string,
  file: string,
  { sha256, size }: Stored,
): Promise<string | undefined> {
  const headers = { [`x-amz-meta-${META_SHA256}`]: sha256, ...ONLY_FIRST };
  return unlessSecond(key, async () => {
    const { versionId } = await client.putObject(bucket, key, createReadStream(file), size, headers);
    return versionId ?? undefined;
  });
}

/** A version of another name once more, inside the server; with the hash that was recorded with it, or with this one. */
export async function s3CopyWithin(
  { client, bucket }: S3Place,
  { key, versionId }: { readonly key: string; readonly versionId: string },
  to: string,
  sha256?: string,
): Promise<string | undefined> {
  const source = new CopySourceOptions({ Bucket: bucket, Object: key, VersionID: versionId });
  const told = sha256 === undefined ? {} : { UserMetadata: { [META_SHA256]: sha256 } };
  const replacing = sha256 === undefined ? {} : { MetadataDirective: 'REPLACE' as const };
  const target = new CopyDestinationOptions({
    Bucket: bucket,
    Object: to,
    Headers: ONLY_FIRST,
    ...told,
    ...replacing,
  });
  return unlessSecond(key, async () => {
    const made = (await client.copyObject(source, target)) as { VersionId?: string | null };
    return made.VersionId ?? undefined;
  });
}

/**
 * The version that counts under a name. Of those that put at once it is the oldest, and all others take theirs back:
 * not every server heeds If-None-Match. Throws `object.exists` where the oldest holds other bytes.
 */
export async function s3RequireFirst(
  place: S3Place,
  key: string,
  stored: Stored,
  own: string | undefined,
): Promise<string> {
  const first = (await s3Versions(place, key)).at(-1);
  if (first === undefined) throw notFound(key);
  if (first.versionId === own) return own;
  if (own !== undefined) await takeBack(place, key, own);
  if (await s3IsSame(place, key, first.versionId, stored)) return first.versionId;
  throw otherBytes(key);
}

/** A bucket that locks what it is given keeps ours; it counts for nothing. */
async function takeBack({ client, bucket }: S3Place, key: string, versionId: string): Promise<void> {
  try {
    await client.removeObject(bucket, key, { versionId });
  } catch (error) {
    if (!isRefused(error)) throw s3Error(error, key);
  }
}

/** Whether a version has this size and was put with this hash. */
export async function s3IsSame(
  { client, bucket }: S3Place,
  key: string,
  versionId: string,
  stored: Stored,
): Promise<boolean> {
  const { size, metaData } = await onServer(key, () => client.statObject(bucket, key, { versionId }));
  const { [META_SHA256]: sha256 } = metaData as Readonly<Record<string, string>>;
  return size === stored.size && sha256 === stored.sha256;
}

async function unlessSecond(
  key: string,
  make: () => Promise<string | undefined>,
): Promise<string | undefined> {
  try {
    return await make();
  } catch (error) {
    if (wasSecond(error)) return undefined;
    throw s3Error(error, key);
  }
}
