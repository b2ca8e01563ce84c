import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, addMs, instantFromMs, utf8 } from '#kernel';
import type { ObjectStore } from './object-store.port.js';

const expectOf = (bytes: Uint8Array) => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  size: bytes.length,
});

/** What every store guarantees about copies and retention; `mutable/` is its only mutable prefix. */
export function objectKeepingContract(name: string, makeStore: () => Promise<ObjectStore>): void {
  const now = instantFromMs(Math.floor(Date.now() / 1000) * 1000);
  const inDays = (days: number) => addDays(now, days);
  const freshKey = (): string => `things/${randomUUID()}`;
  const retained = { code: 'object.retained' };

  describe(`copies: ${name}`, () => {
    let store: ObjectStore;
    beforeAll(async () => {
      store = await makeStore();
    });
    const bytes = utf8('sealed');
    const held = async (): Promise<string> => {
      const key = freshKey();
      await store.put(key, bytes);
      return key;
    };

    it('an object under a second name, which outlives the first', async () => {
      const [from, to] = [await held(), freshKey()];
      await expect(store.copy(from, to, { expect: expectOf(bytes) })).resolves.toEqual(expectOf(bytes));
      await store.remove(from);
      expect(await store.read(to)).toEqual(bytes);
      await expect(store.put(to, bytes)).resolves.toEqual(expectOf(bytes));
    });

    it('once more without harm, also when the first name has gone', async () => {
      const [from, to] = [await held(), freshKey()];
      await Promise.all([1, 2, 3].map(() => store.copy(from, to, { expect: expectOf(bytes) })));
      await store.remove(from);
      await expect(store.copy(from, to, { expect: expectOf(bytes) })).resolves.toEqual(expectOf(bytes));
    });

    it('nothing that is not what was expected', async () => {
      const [from, to] = [await held(), freshKey()];
      await expect(
        store.copy(from, to, { expect: expectOf(utf8('longer than that')) }),
      ).rejects.toMatchObject({
        code: 'object.hash-mismatch',
      });
      await expect(store.copy(freshKey(), to, { expect: expectOf(bytes) })).rejects.toMatchObject({
        code: 'object.not-found',
      });
      expect(await store.head(to)).toBeUndefined();
    });

    it('nothing over other bytes', async () => {
      const [from, to] = [await held(), freshKey()];
      await store.put(to, utf8('others'));
      await expect(store.copy(from, to, { expect: expectOf(bytes) })).rejects.toMatchObject({
        code: 'object.exists',
      });
      expect(await store.read(to)).toEqual(utf8('others'));
    });

    it('and retains the copy alone, also one that was there', async () => {
      const [from, to] = [await held(), freshKey()];
      await store.copy(from, to, { expect: expectOf(bytes) });
      await store.copy(from, to, { expect: expectOf(bytes), retainUntil: inDays(1) });
      expect(await store.retainedUntil(to)).toBe(inDays(1));
      await expect(store.remove(to)).rejects.toMatchObject(retained);
      await expect(store.remove(from)).resolves.toBeUndefined();
    });
  });

  describe(`retention: ${name}`, () => {
    let store: ObjectStore;
    beforeAll(async () => {
      store = await makeStore();
    });

    it('keeps an object from being removed, and the end can be read', async () => {
      const key = freshKey();
      await store.put(key, utf8('sealed'));
      expect(await store.retainedUntil(key)).toBeUndefined();
      await store.extendRetention(key, inDays(1));
      expect(await store.retainedUntil(key)).toBe(inDays(1));
      await expect(store.remove(key)).rejects.toMatchObject(retained);
      expect(await store.read(key)).toEqual(utf8('sealed'));
    });

    it('is extended when the same bytes are put again, and never brought forward', async () => {
      const key = freshKey();
      const putUntil = (days: number) => store.put(key, utf8('sealed'), { retainUntil: inDays(days) });
      await store.put(key, utf8('sealed'));
      for (const [asked, held] of [
        [2, 2],
        [1, 2],
        [3, 3],
      ] as const) {
        await putUntil(asked);
        expect(await store.retainedUntil(key)).toBe(inDays(held));
      }
      await store.extendRetention(key, inDays(1));
      expect(await store.retainedUntil(key)).toBe(inDays(3));
    });

    it('has the latest end of many that are set at once', async () => {
      const key = freshKey();
      await store.put(key, utf8('sealed'));
      await Promise.all([2, 5, 1, 4, 3].map((days) => store.extendRetention(key, inDays(days))));
      expect(await store.retainedUntil(key)).toBe(inDays(5));
    });

    it('ends no earlier than asked: to the second, rounded up', async () => {
      const key = freshKey();
      const end = addMs(inDays(1), 1);
      await store.put(key, utf8('sealed'), { retainUntil: end });
      expect(await store.retainedUntil(key)).toBe(addMs(inDays(1), 1000));
    });

    it('that has passed holds nothing', async () => {
      const key = freshKey();
      await store.put(key, utf8('sealed'), { retainUntil: inDays(-1) });
      await store.extendRetention(key, inDays(-1));
      await expect(store.remove(key)).resolves.toBeUndefined();
      expect(await store.head(key)).toBeUndefined();
    });

    it('that passes lets the object go', async () => {
      const key = freshKey();
      const until = instantFromMs(Date.now() + 1500);
      await store.put(key, utf8('sealed'), { retainUntil: until });
      await expect(store.remove(key)).rejects.toMatchObject(retained);
      await sleep(4000);
      await store.remove(key);
      expect(await store.head(key)).toBeUndefined();
    });

    it('is asked for objects that are there, under names that do not change', async () => {
      const missing = { code: 'object.not-found' };
      await expect(store.retainedUntil(freshKey())).rejects.toMatchObject(missing);
      await expect(store.extendRetention(freshKey(), inDays(1))).rejects.toMatchObject(missing);
      const mutable = `mutable/${randomUUID()}`;
      await store.overwrite(mutable, utf8('one'));
      const refused = { code: 'object.mutable' };
      await expect(store.extendRetention(mutable, inDays(1))).rejects.toMatchObject(refused);
      await expect(store.put(mutable, utf8('one'), { retainUntil: inDays(1) })).rejects.toMatchObject(
        refused,
      );
    });
  });
}
