import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { s3Store } from '../../../test/support/object-store.js';
import { s3Client } from './s3-client.js';
import { ensureLifecycle } from './s3-lifecycle.js';
import { S3ObjectStore } from './s3-object-store.js';

const server = await s3Store();

if ('skipped' in server) {
  it.skip(`S3 lifecycle: ${server.skipped}`, () => undefined);
} else {
  afterAll(() => server.stop());

  describe('lifecycle of a bucket', () => {
    interface Set {
      readonly ID: string;
      readonly Filter?: { readonly Prefix?: string };
      readonly NoncurrentVersionExpiration?: unknown;
    }
    const made = async (mutablePrefixes: readonly string[]) => {
      const settings = { ...server, bucket: `life-${randomUUID()}`, mutablePrefixes, createBucket: true };
      await S3ObjectStore.connect(settings);
      const rules = async (): Promise<Set[]> => {
        const set = await s3Client(server).getBucketLifecycle(settings.bucket);
        return [(set as unknown as { Rule: Set | Set[] }).Rule].flat();
      };
      return { settings, rules };
    };

    it('lets replaced versions go under mutable names alone', async () => {
      const { settings, rules } = await made(['ledger/', 'drafts/']);
      expect(await ensureLifecycle(settings)).toBe(true);
      const expiring = (await rules()).filter((rule) => rule.NoncurrentVersionExpiration);
      expect(expiring.map(({ Filter }) => Filter?.Prefix).sort()).toEqual(['doctor/', 'drafts/', 'ledger/']);
    });

    it('is the same when it is asked for twice, and keeps the rules of others', async () => {
      const { settings, rules } = await made(['ledger/']);
      const theirs = {
        ID: 'theirs',
        Filter: { Prefix: 'logs/' },
        Status: 'Enabled',
        Expiration: { Days: 9 },
      };
      await s3Client(server).setBucketLifecycle(settings.bucket, { Rule: [theirs] } as never);
      await ensureLifecycle(settings);
      const once = (await rules()).map(({ ID }) => ID).sort();
      await ensureLifecycle(settings);
      expect((await rules()).map(({ ID }) => ID).sort()).toEqual(once);
      expect(once).toEqual(['sunseal-cut-uploads', 'sunseal-doctor', 'sunseal-replaced-ledger', 'theirs']);
    });
  });
}
