import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { addDays, instantFromMs, utf8 } from '#kernel';
import { s3Store } from '../../../test/support/object-store.js';
import { growingObjectContract } from './growing-object.contract.js';
import { objectKeepingContract } from './object-keeping.contract.js';
import { objectStoreContract } from './object-store.contract.js';
import { s3Client } from './s3-client.js';
import { S3ObjectStore } from './s3-object-store.js';
import { s3Versions } from './s3-versions.js';

const server = await s3Store();

if ('skipped' in server) {
  it.skip(`S3: ${server.skipped}`, () => undefined);
} else {
  const { endpoint, accessKey, secretKey, stop } = server;
  const run = randomUUID();
  const bucket = `sunseal-${run}`;
  const connect = (): Promise<S3ObjectStore> =>
    S3ObjectStore.connect({
      endpoint,
      accessKey,
      secretKey,
      bucket,
      mutablePrefixes: ['mutable/'],
      createBucket: true,
    });

  afterAll(() => stop());

  objectStoreContract('S3', connect);
  objectKeepingContract('S3', connect);
  growingObjectContract('S3', connect);

  describe('S3', () => {
    it('shows what was first put, whatever is laid over it with the key to the bucket', async () => {
      const store = await connect();
      const key = `things/${randomUUID()}`;
      await store.put(key, utf8('sealed'));
      await s3Client(server).putObject(bucket, key, Buffer.from('forged'));
      expect(await store.read(key)).toEqual(utf8('sealed'));
      await s3Client(server).removeObject(bucket, key);
      expect(await store.head(key)).toEqual({ size: 6 });
      await expect(store.put(key, utf8('sealed'))).resolves.toMatchObject({ size: 6 });
      expect(await store.read(key)).toEqual(utf8('sealed'));
    });

    it('holds one version of what many put at once', async () => {
      const store = await connect();
      const key = `things/${randomUUID()}`;
      await Promise.all(Array.from({ length: 6 }, () => store.put(key, utf8('the same'))));
      expect(await s3Versions({ client: s3Client(server), bucket }, key)).toHaveLength(1);
    });

    it('lets large bodies of one name be put at once, the same or others, and copies them', async () => {
      const store = await connect();
      const large = (fill: number): Uint8Array => new Uint8Array(66 * 1024 * 1024).fill(fill);
      const codes = async (key: string, ...bodies: Uint8Array[]): Promise<string[]> => {
        const outcomes = await Promise.allSettled(bodies.map((body) => store.put(key, body)));
        return outcomes.map((one) =>
          one.status === 'fulfilled' ? 'kept' : String((one.reason as { code?: unknown }).code),
        );
      };
      expect(await codes(`things/${randomUUID()}`, large(1), large(1))).toEqual(['kept', 'kept']);
      expect((await codes(`things/${randomUUID()}`, large(1), large(2))).sort()).toEqual([
        'kept',
        'object.exists',
      ]);
      const [from, to] = [`things/${randomUUID()}`, `things/${randomUUID()}`];
      const stored = await store.put(from, large(3));
      await store.copy(from, to, { expect: stored });
      expect(Buffer.from(await store.read(to)).equals(large(3))).toBe(true);
    });

    it('takes a lock that can be lifted for none, and makes it one that cannot', async () => {
      const own = { ...server, bucket: `default-${randomUUID()}`, mutablePrefixes: [], createBucket: true };
      const store = await S3ObjectStore.connect(own);
      const days = { mode: 'GOVERNANCE', unit: 'Days', validity: 3 } as never;
      await s3Client(server).setObjectLockConfig(own.bucket, days);
      await store.put('things/one', utf8('one'));
      expect(await store.retainedUntil('things/one')).toBeUndefined();
      await expect(store.remove('things/one')).rejects.toMatchObject({ code: 'object.retained' });
      const tomorrow = addDays(instantFromMs(Date.now()), 1);
      await store.extendRetention('things/one', tomorrow);
      expect((await store.retainedUntil('things/one'))! > addDays(tomorrow, 1)).toBe(true);
    });

    it('does not open a bucket that could not hold anything back', async () => {
      const plain = `plain-${randomUUID()}`;
      await s3Client(server).makeBucket(plain);
      await expect(
        S3ObjectStore.connect({ endpoint, accessKey, secretKey, bucket: plain, mutablePrefixes: [] }),
      ).rejects.toThrow(/lacks versioning or Object Lock/);
    });

    it('that has lost its bucket is unavailable, not empty', async () => {
      const lost = `lost-${randomUUID()}`;
      const settings = { endpoint, accessKey, secretKey, bucket: lost, mutablePrefixes: ['mutable/'] };
      const store = await S3ObjectStore.connect({ ...settings, createBucket: true });
      await s3Client(server).removeBucket(lost);
      const gone = { code: 'storage.unavailable' };
      await expect(store.read('things/one')).rejects.toMatchObject(gone);
      await expect(store.head('things/one')).rejects.toMatchObject(gone);
      await expect(store.head('mutable/one')).rejects.toMatchObject(gone);
      await expect(store.put('things/one', utf8('one'))).rejects.toMatchObject(gone);
    });

    it('refuses a wrong secret', async () => {
      await expect(
        S3ObjectStore.connect({
          endpoint,
          accessKey,
          secretKey: 'wrong',
          bucket,
          mutablePrefixes: [],
        }),
      ).rejects.toThrow();
    });

    it('does not make a bucket unless it is asked to', async () => {
      await expect(
        S3ObjectStore.connect({
          endpoint,
          accessKey,
          secretKey,
          bucket: 'no-such-bucket',
          mutablePrefixes: [],
        }),
      ).rejects.toThrow(/does not exist/);
    });

    it('with a name that no bucket has is a mistake, not an outage', async () => {
      const wrong = S3ObjectStore.connect({ ...server, bucket: 'm', mutablePrefixes: [] });
      await expect(wrong).rejects.toThrow(/bucket name/);
    });

    it('that cannot be reached is unavailable, not broken', async () => {
      const unreachable = {
        endpoint: 'http://127.0.0.1:9',
        accessKey,
        secretKey,
        bucket: 'no-such-bucket',
        mutablePrefixes: [],
      };
      await expect(S3ObjectStore.connect(unreachable)).rejects.toMatchObject({ code: 'storage.unavailable' });
    });
  });
}
