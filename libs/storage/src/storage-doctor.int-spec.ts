import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { s3Store } from '../../../test/support/object-store.js';
import { s3Client, type S3Settings } from './s3-client.js';
import { doctor } from './storage-doctor.js';

const server = await s3Store();

if ('skipped' in server) {
  it.skip(`storage doctor: ${server.skipped}`, () => undefined);
} else {
  const { endpoint, accessKey, secretKey, stop } = server;
  const settingsFor = (bucket: string): S3Settings => ({
    endpoint,
    accessKey,
    secretKey,
    bucket,
    mutablePrefixes: [],
  });
  const failed = async (settings: S3Settings): Promise<string[]> =>
    (await doctor(settings)).filter(({ ok }) => !ok).map(({ check }) => check);

  afterAll(() => stop());

  describe('storage doctor', () => {
    it('finds nothing wrong with a bucket that has versioning and Object Lock', async () => {
      const settings = settingsFor(`sound-${randomUUID()}`);
      await s3Client(settings).makeBucket(settings.bucket, '', { ObjectLocking: true });
      const findings = await doctor(settings);
      expect(findings.filter(({ ok }) => !ok)).toEqual([]);
      expect(findings.map(({ check }) => check)).toEqual([
        'versioning is on',
        'a wrong secret is refused',
        'retention is accepted',
        'a retained version cannot be deleted',
        'a retained version outlives an overwriting',
        'retention cannot be shortened',
      ]);
    });

    it('says of a plain bucket that it holds nothing back', async () => {
      const settings = settingsFor(`plain-${randomUUID()}`);
      await s3Client(settings).makeBucket(settings.bucket);
      expect(await failed(settings)).toEqual([
        'versioning is on',
        'retention is accepted',
        'a retained version cannot be deleted',
        'a retained version outlives an overwriting',
        'retention cannot be shortened',
      ]);
    });

    it('says of a bucket with versions and without Object Lock that it retains nothing', async () => {
      const settings = settingsFor(`versioned-${randomUUID()}`);
      await s3Client(settings).makeBucket(settings.bucket);
      await s3Client(settings).setBucketVersioning(settings.bucket, { Status: 'Enabled' });
      expect(await failed(settings)).toContain('retention is accepted');
      expect(await failed(settings)).not.toContain('versioning is on');
    });

    it('takes a server that cannot be reached for unsound in everything', async () => {
      const findings = await doctor({ ...settingsFor('nobody'), endpoint: 'http://127.0.0.1:9' });
      expect(findings.every(({ ok }) => !ok)).toBe(true);
    });
  });
}
