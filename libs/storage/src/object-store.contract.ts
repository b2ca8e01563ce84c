import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { contentKey, utf8 } from '#kernel';
import type { ObjectStore } from './object-store.port.js';

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const expectOf = (bytes: Uint8Array) => ({ sha256: digest(bytes), size: bytes.length });

async function* chunks(...parts: readonly (Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield part;
  }
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

/** What every store guarantees; `mutable/` is its only mutable prefix. */
export function objectStoreContract(name: string, makeStore: () => Promise<ObjectStore>): void {
  describe(`object store contract: ${name}`, () => {
    let store: ObjectStore;
    const freshKey = (): string => `things/${randomUUID()}`;
    beforeAll(async () => {
      store = await makeStore();
    });

    it('gives back what was put, whole and as a stream', async () => {
      const key = freshKey();
      const bytes = utf8('sealed '.repeat(20_000));
      expect(await store.put(key, chunks(bytes.slice(0, 10), bytes.slice(10)))).toEqual(expectOf(bytes));
      expect(await store.read(key)).toEqual(bytes);
      const { size, body } = await store.get(key);
      expect(size).toBe(bytes.length);
      expect(await collect(body)).toEqual(bytes);
      expect(await store.head(key)).toEqual({ size: bytes.length });
    });

    it('says of what is not there that it is not there', async () => {
      const key = freshKey();
      expect(await store.head(key)).toBeUndefined();
      await expect(store.get(key)).rejects.toMatchObject({ code: 'object.not-found' });
      await expect(store.read(key)).rejects.toMatchObject({ code: 'object.not-found' });
      await expect(store.remove(key)).resolves.toBeUndefined();
    });

    it('takes the same bytes again and refuses others under the same name', async () => {
      const key = freshKey();
      await store.put(key, utf8('first'));
      await expect(store.put(key, utf8('first'))).resolves.toEqual(expectOf(utf8('first')));
      await expect(store.put(key, utf8('other'))).rejects.toMatchObject({ code: 'object.exists' });
      expect(await store.read(key)).toEqual(utf8('first'));
    });

    it('keeps nothing of a body that is not what was announced', async () => {
      const bytes = utf8('announced');
      for (const body of [utf8('different'), utf8('short'), utf8('much longer than announced')]) {
        const key = freshKey();
        await expect(store.put(key, body, { expect: expectOf(bytes) })).rejects.toMatchObject({
          code: 'object.hash-mismatch',
        });
        expect(await store.head(key)).toBeUndefined();
      }
    });

    it('keeps nothing of a body that is too large or breaks off', async () => {
      const key = freshKey();
      await expect(
        store.put(key, chunks(utf8('12345'), utf8('67890')), { bytesMax: 9 }),
      ).rejects.toMatchObject({ code: 'object.too-large' });
      await expect(store.put(key, chunks(utf8('12345'), new Error('cut')))).rejects.toThrow('cut');
      expect(await store.head(key)).toBeUndefined();
    });

    it('reads no more than it is asked to', async () => {
      const key = freshKey();
      await store.put(key, utf8('1234567890'));
      await expect(store.read(key, 9)).rejects.toMatchObject({ code: 'object.too-large' });
      expect(await store.read(key, 10)).toEqual(utf8('1234567890'));
    });

    it('of many that put the same bytes at once all succeed', async () => {
      const bytes = utf8(randomUUID());
      const key = contentKey('things', digest(bytes));
      await Promise.all(Array.from({ length: 8 }, () => store.put(key, bytes, { expect: expectOf(bytes) })));
      expect(await store.read(key)).toEqual(bytes);
    });

    it('of many that put different bytes under one name at once lets exactly one win', async () => {
      const key = freshKey();
      const bodies = Array.from({ length: 6 }, (_, n) => utf8(`bytes of ${n}`));
      const outcomes = await Promise.allSettled(bodies.map((body) => store.put(key, body)));
      const winners = bodies.filter((_, n) => outcomes[n]?.status === 'fulfilled');
      expect(winners).toHaveLength(1);
      for (const outcome of outcomes.filter(({ status }) => status === 'rejected')) {
        expect(outcome).toMatchObject({ reason: { code: 'object.exists' } });
      }
      expect(await store.read(key)).toEqual(winners[0]);
      await expect(store.put(key, winners[0]!)).resolves.toEqual(expectOf(winners[0]!));
    });

    it('puts a name once more that was refused before', async () => {
      const key = freshKey();
      const bytes = utf8('whole at the second attempt');
      await expect(store.put(key, chunks(bytes.slice(0, 5), new Error('cut')))).rejects.toThrow('cut');
      await expect(store.put(key, bytes, { expect: expectOf(bytes) })).resolves.toEqual(expectOf(bytes));
      expect(await store.read(key)).toEqual(bytes);
    });

    it('keeps a body without bytes', async () => {
      const key = freshKey();
      await store.put(key, new Uint8Array(0));
      expect(await store.read(key)).toEqual(new Uint8Array(0));
      expect(await store.head(key)).toEqual({ size: 0 });
    });

    it('lists in key order and only what lies under the prefix', async () => {
      const folder = `list-${randomUUID()}`;
      const names = Array.from(
        { length: 30 },
        (_, n) => `${folder}/${String((n * 7) % 30).padStart(3, '0')}`,
      );
      await Promise.all(names.map((key) => store.put(key, utf8(key))));
      const found: string[] = [];
      for await (const { key, size } of store.list(`${folder}/`)) {
        found.push(key);
        expect(size).toBe(key.length);
      }
      expect(found).toEqual([...names].sort());
    });

    it('forgets what is removed', async () => {
      const key = freshKey();
      await store.put(key, utf8('gone soon'));
      await store.remove(key);
      expect(await store.head(key)).toBeUndefined();
    });

    it('forgets every version of what was replaced and then removed', async () => {
      const key = `mutable/${randomUUID()}`;
      await store.overwrite(key, utf8('one'));
      await store.overwrite(key, utf8('two'));
      await store.remove(key);
      expect(await store.head(key)).toBeUndefined();
    });

    it('does not take a name for another that it begins', async () => {
      const key = freshKey();
      await store.put(`${key}.more`, utf8('longer name'));
      expect(await store.head(key)).toBeUndefined();
      await store.put(key, utf8('shorter name'));
      await store.remove(key);
      expect(await store.read(`${key}.more`)).toEqual(utf8('longer name'));
    });

    it('replaces bytes only where names were declared mutable', async () => {
      const key = `mutable/${randomUUID()}`;
      await store.overwrite(key, utf8('one'));
      await store.overwrite(key, utf8('two'));
      expect(await store.read(key)).toEqual(utf8('two'));
      await expect(store.overwrite(freshKey(), utf8('x'))).rejects.toMatchObject({
        code: 'object.immutable',
      });
    });

    it('refuses names that could be taken for anything else', async () => {
      for (const key of [
        '',
        '/etc/passwd',
        '../up',
        'a/../b',
        'A',
        'a//b',
        'a/',
        'a b',
        'a\\b',
        `a${'x'.repeat(512)}`,
      ]) {
        await expect(store.put(key, utf8('x'))).rejects.toMatchObject({ code: 'object.key-invalid' });
      }
    });

    it('reads on from any byte, up to the end and no further', async () => {
      const key = freshKey();
      await store.put(key, utf8('0123456789'));
      for (const from of [0, 1, 9, 10]) {
        const { size, body } = await store.get(key, { from });
        expect(size).toBe(10);
        expect(await collect(body)).toEqual(utf8('0123456789'.slice(from)));
      }
      await expect(store.get(key, { from: 11 })).rejects.toMatchObject({ code: 'object.range-invalid' });
      await expect(store.get(freshKey(), { from: 1 })).rejects.toMatchObject({ code: 'object.not-found' });
      await store.overwrite(`mutable/${key}`, utf8('abc'));
      expect(await collect((await store.get(`mutable/${key}`, { from: 1 })).body)).toEqual(utf8('bc'));
    });

    it('is healthy and says what it guarantees', async () => {
      expect(await store.health()).toMatchObject({ ok: true });
      expect(store.guarantees.description.length).toBeGreaterThan(20);
    });
  });
}
