import { afterAll, describe, expect, it } from '@jest/globals';
import { addDays, instantFromMs, utf8 } from '#kernel';
import { s3Store } from '../../../test/support/object-store.js';
import { objectStoreContract } from './object-store.contract.js';
import { S3ObjectStore } from './s3-object-store.js';

const server = await s3Store();

if ('skipped' in server) {
  it.skip(`S3: ${server.skipped}`, () => undefined);
} else {
  const { endpoint, accessKey, secretKey, stop } = server;
  const connect = (): Promise<S3ObjectStore> =>
    S3ObjectStore.connect({
      endpoint,
      accessKey,
      secretKey,
      bucket: 'sunseal-test',
      mutablePrefixes: ['mutable/'],
      createBucket: true,
    });

  afterAll(() => stop());

  objectStoreContract('S3', connect);

  describe('S3', () => {
    it('does not let anyone remove what is retained', async () => {
      const store = await connect();
      const retainUntil = addDays(instantFromMs(Date.now()), 1);
      await store.put('things/retained', utf8('for a day'), { retainUntil });
      await expect(store.remove('things/retained')).rejects.toMatchObject({ code: 'object.retained' });
      expect(await store.read('things/retained')).toEqual(utf8('for a day'));
    });

    it('refuses a wrong secret', async () => {
      await expect(
        S3ObjectStore.connect({
          endpoint,
          accessKey,
          secretKey: 'wrong',
          bucket: 'sunseal-test',
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
