import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { addDays, instantFromMs, utf8 } from '#kernel';
import { s3Store } from '../../../test/support/object-store.js';
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

  describe('S3', () => {
    it('does not let anyone remove what is retained', async () => {
      const store = await connect();
      const retainUntil = addDays(instantFromMs(Date.now()), 1);
      await store.put(`things/retained-${run}`, utf8('for a day'), { retainUntil });
      await expect(store.remove(`things/retained-${run}`)).rejects.toMatchObject({ code: 'object.retained' });
      expect(await store.read(`things/retained-${run}`)).toEqual(utf8('for a day'));
    });

    it('retains what is put again with a retention, as after a kill between the two', async () => {
      const store = await connect();
      const key = `things/${randomUUID()}`;
      const retainUntil = addDays(instantFromMs(Date.now()), 1);
      await store.put(key, utf8('sealed'));
      await store.put(key, utf8('sealed'), { retainUntil });
      await expect(store.remove(key)).rejects.toMatchObject({ code: 'object.retained' });
    });

    it('extends a retention when bytes are put again, and never brings it forward', async () => {
      const store = await connect();
      const key = `things/${randomUUID()}`;
      const now = instantFromMs(Date.now());
      const until = async (): Promise<number> => {
        const set = await s3Client(server).getObjectRetention(bucket, key);
        return Date.parse(String(set?.retainUntilDate));
      };
      await store.put(key, utf8('sealed'), { retainUntil: addDays(now, 2) });
      const first = await until();
      await store.put(key, utf8('sealed'), { retainUntil: addDays(now, 1) });
      expect(await until()).toBe(first);
      await store.put(key, utf8('sealed'), { retainUntil: addDays(now, 3) });
      expect(await until()).toBeGreaterThan(first);
    });

    it('holds one version of what many put at once', async () => {
      const store = await connect();
      const key = `things/${randomUUID()}`;
      await Promise.all(Array.from({ length: 6 }, () => store.put(key, utf8('the same'))));
      expect(await s3Versions(s3Client(server), bucket, key)).toHaveLength(1);
    });

    it('lets large bodies of one name be put at once, the same or others', async () => {
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
      const settings = { endpoint, accessKey, secretKey, bucket: lost, mutablePrefixes: [] };
      const store = await S3ObjectStore.connect({ ...settings, createBucket: true });
      await s3Client(server).removeBucket(lost);
      await expect(store.read('things/one')).rejects.toMatchObject({ code: 'storage.unavailable' });
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
