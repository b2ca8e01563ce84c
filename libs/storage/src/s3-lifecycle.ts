import { s3Client, type S3Place, type S3Settings } from './s3-client.js';
import { codeOf } from './error-code.js';
import { onServer } from './s3-errors.js';

const OURS = 'sunseal-';

interface Rule {
  readonly ID?: string;
  readonly [name: string]: unknown;
}

/**
 * Has the server itself take away, after a day, what nobody will read: versions of mutable names that were replaced,
 * what the doctor left, and parts of uploads that were cut. Never a version of a name that is not mutable: there the
 * oldest counts. What is locked stays while it is. Rules of others are kept; harmless to repeat. False where the server
 * has no such rules. Throws `storage.unavailable`.
 */
export function ensureLifecycle(settings: S3Settings): Promise<boolean> {
  const { bucket, mutablePrefixes } = settings;
  const place: S3Place = { client: s3Client(settings), bucket };
  return onServer(bucket, async () => {
    try {
      const others = (await rulesOf(place)).filter(({ ID: id }) => !id?.startsWith(OURS));
      const ours = [...mutablePrefixes.map(replaced), leftovers, cutUploads];
      await place.client.setBucketLifecycle(bucket, { Rule: [...others, ...ours] } as never);
      return true;
    } catch (error) {
      if (['NotImplemented', 'MethodNotAllowed'].includes(codeOf(error))) return false;
      throw error;
    }
  });
}

async function rulesOf({ client, bucket }: S3Place): Promise<readonly Rule[]> {
  try {
    const set = (await client.getBucketLifecycle(bucket)) as unknown as { Rule?: Rule | Rule[] } | '' | null;
    return set ? [set.Rule ?? []].flat() : [];
  } catch (error) {
    if (codeOf(error) === 'NoSuchLifecycleConfiguration') return [];
    throw error;
  }
}

const replaced = (prefix: string): Rule => ({
  ID: `${OURS}replaced-${prefix.replaceAll('/', '')}`,
  Filter: { Prefix: prefix },
  Status: 'Enabled',
  NoncurrentVersionExpiration: { NoncurrentDays: 1 },
});

const leftovers: Rule = {
  ID: `${OURS}doctor`,
  Filter: { Prefix: 'doctor/' },
  Status: 'Enabled',
  Expiration: { Days: 1 },
  NoncurrentVersionExpiration: { NoncurrentDays: 1 },
};

const cutUploads: Rule = {
  ID: `${OURS}cut-uploads`,
  Filter: { Prefix: '' },
  Status: 'Enabled',
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
};
