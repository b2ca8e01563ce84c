import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { utf8 } from '#kernel';
import { s3Store } from '../../../test/support/object-store.js';
import { startStoreProxy } from '../test-support/store-proxy.js';
import { FileObjectStore } from './file-object-store.js';
import type { ObjectStore } from './object-store.port.js';
import { s3Client } from './s3-client.js';
import { S3ObjectStore } from './s3-object-store.js';
import { type ExpectedObject, scrub, type ScrubFault, type ScrubOptions } from './scrub.js';

const server = await s3Store();

async function keep(store: ObjectStore, ...texts: readonly string[]): Promise<ExpectedObject[]> {
  return Promise.all(
    texts.map(async (text) => {
      const key = `envelopes/${randomUUID()}`;
      return { key, ...(await store.put(key, utf8(text))) };
    }),
  );
}

async function scrubbed(store: ObjectStore, objects: readonly ExpectedObject[], options: ScrubOptions = {}) {
  const faults: ScrubFault[] = [];
  async function* each(): AsyncGenerator<ExpectedObject> {
    yield* objects;
  }
  const result = await scrub(store, each(), (fault) => void faults.push(fault), options);
  return { result, faults };
}

describe('a scrub of files', () => {
  const root = mkdtempSync(join(tmpdir(), 'sunseal-scrub-'));
  const store = new FileObjectStore({ root, mutablePrefixes: [] });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('finds nothing where nothing has changed', async () => {
    const { result, faults } = await scrubbed(store, await keep(store, 'one', 'two', ''));
    expect(result).toEqual({ checked: 3, altered: 0, missing: 0, unreadable: 0, bytes: 6, isComplete: true });
    expect(faults).toEqual([]);
  });

  it('finds one byte that was altered, a file that was cut, and one that was deleted', async () => {
    const objects = await keep(store, 'one', 'two', 'three', 'four');
    const [one, two, three] = objects.map(({ key }) => join(root, key)) as [string, string, string];
    for (const path of [one, two]) chmodSync(path, 0o600);
    writeFileSync(one, 'onE');
    writeFileSync(two, 'tw');
    rmSync(three);
    const { result, faults } = await scrubbed(store, objects);
    expect(result).toMatchObject({ checked: 4, altered: 2, missing: 1, unreadable: 0, isComplete: true });
    const found = { sha256: createHash('sha256').update('onE').digest('hex'), size: 3 };
    expect(faults).toMatchObject([
      { key: objects[0]!.key, kind: 'altered', found },
      { key: objects[1]!.key, kind: 'altered', found: { size: 2 } },
      { key: objects[2]!.key, kind: 'missing' },
    ]);
  });

  it('reads no faster than it may', async () => {
    const objects = await keep(store, 'x'.repeat(30_000), 'y'.repeat(30_000));
    const startedAt = performance.now();
    await scrubbed(store, objects, { bytesPerSecondMax: 100_000 });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(590);
  });

  it('ends when it is told to, and says that it has not seen everything', async () => {
    const objects = await keep(store, 'one', 'two');
    const { result } = await scrubbed(store, objects, { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ checked: 0, isComplete: false });
  });
});

if ('skipped' in server) {
  it.skip(`a scrub of S3: ${server.skipped}`, () => undefined);
} else {
  describe('a scrub of S3', () => {
    const settings = { ...server, bucket: `scrub-${randomUUID()}`, mutablePrefixes: [], createBucket: true };
    afterAll(() => server.stop());

    it('finds an object that was replaced and one whose versions are gone, and not one that was only covered', async () => {
      const store = await S3ObjectStore.connect(settings);
      const objects = await keep(store, 'replaced', 'gone', 'covered', 'left');
      const [replaced, gone, covered] = objects as [ExpectedObject, ExpectedObject, ExpectedObject];
      await store.remove(replaced.key);
      await s3Client(settings).putObject(settings.bucket, replaced.key, Buffer.from('forged!!'));
      await store.remove(gone.key);
      await s3Client(settings).putObject(settings.bucket, covered.key, Buffer.from('forged'));
      const { result, faults } = await scrubbed(store, objects);
      expect(result).toMatchObject({ checked: 4, altered: 1, missing: 1, unreadable: 0 });
      expect(faults.map(({ key, kind }) => `${kind} ${key}`)).toEqual([
        `altered ${replaced.key}`,
        `missing ${gone.key}`,
      ]);
    });

    it('does not take a store that breaks off for one that has lost something, and gives up on it', async () => {
      const proxy = await startStoreProxy(server.endpoint);
      const store = await S3ObjectStore.connect({ ...settings, endpoint: proxy.endpoint });
      const objects = await keep(store, 'one', 'two', 'three', 'four');
      proxy.trouble = { kind: 'cut', afterBytes: 2 };
      proxy.only = ({ url }) => url?.includes('versions') === false;
      const { result, faults } = await scrubbed(store, objects, { unreadableMax: 3 });
      await proxy.stop();
      expect(result).toMatchObject({ checked: 3, altered: 0, missing: 0, unreadable: 3, isComplete: false });
      expect(faults.every(({ kind, cause }) => kind === 'unreadable' && cause !== undefined)).toBe(true);
    });
  });
}
