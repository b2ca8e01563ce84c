import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, it } from '@jest/globals';
import { FileObjectStore, S3ObjectStore } from '#storage';
import { s3Store } from '../../../../test/support/object-store.js';
import { envelopeStoreContract } from './envelope-store.contract.js';

const root = mkdtempSync(join(tmpdir(), 'sunseal-uploads-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

envelopeStoreContract('files', async () => new FileObjectStore({ root, mutablePrefixes: [] }));

const server = await s3Store();

if ('skipped' in server) {
  it.skip(`S3: ${server.skipped}`, () => undefined);
} else {
  const { stop, ...settings } = server;
  afterAll(() => stop());
  const bucket = `sunseal-uploads-${randomUUID()}`;
  envelopeStoreContract('S3', () =>
    S3ObjectStore.connect({ ...settings, bucket, mutablePrefixes: [], createBucket: true }),
  );
}
