import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, instantFromMs, utf8 } from '#kernel';
import { s3Store } from '../../../test/support/object-store.js';
import { startStoreProxy, type StoreProxy, type Trouble } from '../test-support/store-proxy.js';
import { S3ObjectStore } from './s3-object-store.js';

const server = await s3Store();

if ('skipped' in server) {
  it.skip(`S3 in trouble: ${server.skipped}`, () => undefined);
} else {
  describe('S3 in trouble', () => {
    const IDLE_MS = 400;
    const spoolFolder = mkdtempSync(join(tmpdir(), 'sunseal-trouble-'));
    const bytes = new Uint8Array(randomBytes(300_000));
    const expected = { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
    const held = 'things/held';
    const unavailable = { code: 'storage.unavailable' };
    let proxy: StoreProxy;
    let store: S3ObjectStore;

    beforeAll(async () => {
      proxy = await startStoreProxy(server.endpoint);
      store = await S3ObjectStore.connect({
        ...server,
        endpoint: proxy.endpoint,
        bucket: `trouble-${randomUUID()}`,
        mutablePrefixes: ['mutable/'],
        createBucket: true,
        idleMs: IDLE_MS,
        spoolFolder,
        temporaryBytesMax: 1_000_000,
      });
      await store.put(held, bytes);
      await store.overwrite('mutable/held', bytes);
    });
    afterEach(() => {
      proxy.trouble = { kind: 'none' };
      proxy.only = () => true;
    });
    afterAll(async () => {
      await proxy.stop();
      await server.stop();
      rmSync(spoolFolder, { recursive: true, force: true });
    });

    const spooled = (): string[] =>
      readdirSync(spoolFolder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name);
    async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
      const parts: Uint8Array[] = [];
      for await (const part of body) parts.push(part);
      return new Uint8Array(Buffer.concat(parts));
    }
    const acts: Readonly<Record<string, () => Promise<unknown>>> = {
      put: () => store.put(`things/${randomUUID()}`, bytes),
      'put of what is there': () => store.put(held, bytes),
      copy: () => store.copy(held, `things/${randomUUID()}`, { expect: expected }),
      get: async () => collect((await store.get(held)).body),
      'get of mutable bytes': async () => collect((await store.get('mutable/held')).body),
      'get of a part': async () => collect((await store.get(held, { from: 1 })).body),
      read: () => store.read(held),
      head: () => store.head(held),
      'head of mutable bytes': () => store.head('mutable/held'),
      list: async () => {
        for await (const _ of store.list('things/')) continue;
      },
      remove: () => store.remove(`things/${randomUUID()}`),
      overwrite: () => store.overwrite('mutable/other', bytes),
      extendRetention: () => store.extendRetention(held, addDays(instantFromMs(Date.now()), 1)),
      retainedUntil: () => store.retainedUntil(held),
    };
    const troubles: Readonly<Record<string, Trouble>> = {
      'closes every connection': { kind: 'closed' },
      'does not answer': { kind: 'silent' },
      'answers 500': { kind: 'status', status: 500 },
      'answers 503': { kind: 'status', status: 503 },
      'answers 403 to everything': { kind: 'status', status: 403 },
      'breaks off in the middle of every answer': { kind: 'cut', afterBytes: 40 },
      'stops in the middle of every answer': { kind: 'stuck', afterBytes: 40 },
      'breaks off answers that have no length': { kind: 'cut', afterBytes: 40, isUnframed: true },
    };

    for (const [what, trouble] of Object.entries(troubles)) {
      // Answers to HEAD and DELETE have no body that could be cut.
      const bodiless = /^(?:cut|stuck)$/.test(trouble.kind) ? ['head of mutable bytes', 'overwrite'] : [];
      it(`that ${what} is unavailable, and works when that is over`, async () => {
        for (const [name, act] of Object.entries(acts)) {
          if (bodiless.includes(name)) continue;
          proxy.trouble = trouble;
          const outcome = await act().then(
            () => `${name} went well`,
            (error: unknown) => error,
          );
          expect(outcome).toMatchObject({ ...unavailable, name: 'DomainError' });
          proxy.trouble = { kind: 'none' };
        }
        expect(spooled()).toEqual([]);
        expect(await store.health()).toMatchObject({ ok: true });
        expect(await store.read(held)).toEqual(bytes);
      });
    }

    it('keeps nothing of an upload that is cut, and takes it whole afterwards', async () => {
      const key = `things/${randomUUID()}`;
      for (const afterBytes of [1, 65_536, bytes.length - 1, bytes.length]) {
        proxy.trouble = { kind: 'cut-upload', afterBytes };
        proxy.only = ({ method }) => method === 'PUT';
        await expect(store.put(key, bytes, { expect: expected })).rejects.toMatchObject(unavailable);
        proxy.trouble = { kind: 'none' };
        expect(await store.head(key)).toBeUndefined();
      }
      await expect(store.put(key, bytes, { expect: expected })).resolves.toEqual(expected);
      expect(spooled()).toEqual([]);
    });

    it('gives every byte or an error, wherever a download is cut', async () => {
      for (const afterBytes of [0, 1, 65_536, 131_072, 196_608, 262_144, bytes.length - 1]) {
        proxy.trouble = { kind: 'cut', afterBytes };
        proxy.only = ({ url }) => url?.includes('versions') === false;
        await expect(store.read(held)).rejects.toMatchObject(unavailable);
        const { size, body } = await store.get(held);
        expect(size).toBe(bytes.length);
        await expect(collect(body)).rejects.toMatchObject(unavailable);
      }
    });

    it('goes on with a download from where it was cut', async () => {
      proxy.trouble = { kind: 'cut', afterBytes: 100_000 };
      proxy.only = ({ url }) => url?.includes('versions') === false;
      const parts: Uint8Array[] = [];
      const { body } = await store.get(held);
      await expect(
        (async () => {
          for await (const part of body) parts.push(part);
        })(),
      ).rejects.toMatchObject(unavailable);
      proxy.trouble = { kind: 'none' };
      const first = new Uint8Array(Buffer.concat(parts));
      const rest = await collect((await store.get(held, { from: first.length })).body);
      expect(Buffer.concat([first, rest]).equals(bytes)).toBe(true);
    });

    it('that sends everything where a part was asked for is not believed', async () => {
      const whole = { status: 200, body: 'x'.repeat(bytes.length) };
      proxy.trouble = { kind: 'lie', forget: ({ headers }) => (headers.range ? whole : undefined) };
      await expect(store.get(held, { from: 10 })).rejects.toMatchObject(unavailable);
    });

    it('takes what was acknowledged by the server and never heard of here for the same bytes', async () => {
      const key = `things/${randomUUID()}`;
      proxy.trouble = { kind: 'lie', answer: () => ({ status: 500, body: '' }) };
      proxy.only = ({ method }) => method === 'PUT';
      await expect(store.put(key, bytes)).rejects.toMatchObject(unavailable);
      proxy.trouble = { kind: 'none' };
      await expect(store.put(key, bytes)).resolves.toEqual(expected);
      expect(await store.read(key)).toEqual(bytes);
    });

    it('copies without a byte of the object passing by', async () => {
      proxy.answeredBytes = 0;
      await store.copy(held, `things/${randomUUID()}`, { expect: expected });
      expect(proxy.answeredBytes).toBeLessThan(20_000);
    });

    it('measures no more bytes at once than it may', async () => {
      async function* endless(): AsyncGenerator<Uint8Array> {
        for (;;) yield bytes;
      }
      await expect(store.put('things/endless', endless())).rejects.toMatchObject({
        ...unavailable,
        details: { cause: 'temporary-bytes-max' },
      });
      expect(spooled()).toEqual([]);
      await expect(store.put('things/after', utf8('after'))).resolves.toMatchObject({ size: 5 });
    });
  });
}
