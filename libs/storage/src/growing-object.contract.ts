import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ObjectStore } from './object-store.port.js';

const MIB = 1024 * 1024;
const expectOf = (bytes: Uint8Array) => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  size: bytes.length,
});

/** What every store guarantees of objects that grow. */
export function growingObjectContract(name: string, makeStore: () => Promise<ObjectStore>): void {
  describe(`growing objects: ${name}`, () => {
    let store: ObjectStore;
    const freshKey = (): string => `growing/${randomUUID()}`;
    beforeAll(async () => {
      store = await makeStore();
    });

    it('take bytes in many steps, and are placed under another name', async () => {
      const bytes = randomBytes(32 * MIB);
      const key = freshKey();
      const growing = await store.grow(key);
      for (let at = 0; at < bytes.length; at += MIB) {
        await growing.write([bytes.subarray(at, at + 1000), bytes.subarray(at + 1000, at + MIB)]);
        if (at % (8 * MIB) === 0 && at > 0) await growing.sync();
      }
      expect(growing.size).toBe(bytes.length);
      const to = freshKey();
      expect(await store.head(to)).toBeUndefined();
      expect(await growing.place(to, expectOf(bytes))).toEqual(expectOf(bytes));
      expect(Buffer.from(await store.read(to)).equals(bytes)).toBe(true);
      expect(growing.canGrow).toBe(false);
      await store.remove(key);
      expect(await store.head(key)).toBeUndefined();
      expect(await store.head(to)).toEqual({ size: bytes.length });
      await expect(store.copy(to, freshKey(), { expect: expectOf(bytes) })).resolves.toEqual(expectOf(bytes));
    });

    it('take bytes while they are synced', async () => {
      const bytes = randomBytes(12 * MIB);
      const growing = await store.grow(freshKey());
      await growing.write([bytes.subarray(0, 6 * MIB)]);
      const syncing = growing.sync();
      await growing.write([bytes.subarray(6 * MIB)]);
      await syncing;
      const to = freshKey();
      await growing.place(to, expectOf(bytes));
      expect(Buffer.from(await store.read(to)).equals(bytes)).toBe(true);
    });

    it('are placed nowhere when they are not what was announced', async () => {
      const to = freshKey();
      for (const expected of [
        expectOf(Buffer.from('other')),
        { ...expectOf(Buffer.from('bytes')), size: 6 },
      ]) {
        const growing = await store.grow(freshKey());
        await growing.write([Buffer.from('bytes')]);
        await expect(growing.place(to, expected)).rejects.toMatchObject({ code: 'object.hash-mismatch' });
        expect(await store.head(to)).toBeUndefined();
      }
    });

    it('are placed where the same bytes are, and not where others are', async () => {
      const bytes = Buffer.from('the same');
      const to = freshKey();
      await store.put(to, bytes);
      const place = async (content: Buffer): Promise<unknown> => {
        const growing = await store.grow(freshKey());
        await growing.write([content]);
        return growing.place(to, expectOf(content));
      };
      await expect(place(bytes)).resolves.toEqual(expectOf(bytes));
      await expect(place(Buffer.from('others'))).rejects.toMatchObject({ code: 'object.exists' });
      expect(Buffer.from(await store.read(to))).toEqual(bytes);
    });

    it('are read after they were closed, and after their writer was lost', async () => {
      const bytes = randomBytes(6 * MIB);
      for (const isLost of [false, true]) {
        const key = freshKey();
        const growing = await store.grow(key);
        await growing.write([bytes]);
        await growing.sync();
        if (!isLost) await growing.close();
        await store.settle(key);
        await store.settle(key);
        expect(Buffer.from(await store.read(key)).equals(bytes)).toBe(true);
        if (isLost) await growing.close().catch(() => undefined);
        expect(Buffer.from(await store.read(key)).equals(bytes)).toBe(true);
      }
    });

    it('leave nothing when they are removed while they grow', async () => {
      const key = freshKey();
      const growing = await store.grow(key);
      await growing.write([Buffer.alloc(6 * MIB)]);
      await growing.sync();
      await store.remove(key);
      await growing.close().catch(() => undefined);
      await store.settle(key);
      expect(await store.head(key)).toBeUndefined();
      await store.settle(freshKey());
    });
  });
}
