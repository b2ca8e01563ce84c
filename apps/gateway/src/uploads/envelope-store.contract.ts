import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERRORS, Upload } from '@tus/server';
import { DomainError } from '#kernel';
import { LIMITS } from '#contracts';
import { createServiceDataSource, ServiceDatabase } from '#database';
import { createLog } from '#service';
import type { ObjectStore } from '#storage';
import { testDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import { type Body, bodyOf, randomBody } from '../../../../test/support/raw-tus.js';
import { fillable, keysOf } from '../../test-support/stores.js';
import { flowOf } from '../../test-support/flow-of.js';
import { VaultDesk } from '../../test-support/vault-desk.js';
import { Uploads1764000000103 } from '../persistence/migrations/uploads-1764000000103.js';
import { EnvelopeStore } from './envelope-store.js';
import { OpenSegments } from './open-segments.js';
import { segmentKey } from './upload.js';
import { UploadBodies } from './upload-bodies.js';
import { UploadRows } from './upload-rows.js';
import { removeOldUploads } from './upload-sweep.js';

const KIB = 1024;
const PIECE = LIMITS.uploadPieceBytesMax;
const log = createLog('test', 'silent');

/** Uploads on a real Postgres and on one kind of object store, in two processes' worth of adapters. */
export function envelopeStoreContract(name: string, open: () => Promise<ObjectStore>): void {
  describe(`uploads to ${name}`, () => {
    let database: TestDatabase;
    let databases: [ServiceDatabase, ServiceDatabase];
    let store: ObjectStore;
    let vault: VaultDesk;
    const opened: OpenSegments[] = [];

    beforeAll(async () => {
      database = await testDatabase();
      const url = await database.serviceUrl('gateway');
      const connect = async (): Promise<ServiceDatabase> => {
        const parts = { url, service: 'gateway', entities: [], migrations: [Uploads1764000000103] };
        return new ServiceDatabase({ dataSource: await createServiceDataSource(parts), service: 'gateway' });
      };
      databases = [await connect(), await connect()];
      store = await open();
      vault = await VaultDesk.open();
    });

    afterAll(async () => {
      for (const segments of opened) await segments.onApplicationShutdown();
      await vault?.close();
      for (const { dataSource } of databases ?? []) await dataSource.destroy();
      await database?.close();
    });

    /** The store of one bidder in one of two processes. */
    function desk({ owner = newOwner(), process = 0, objects = store } = {}) {
      const rows = new UploadRows(databases[process]!);
      const { requests } = vault;
      const segments = new OpenSegments(log);
      opened.push(segments);
      const bodies = new UploadBodies({ rows, store: objects, segments, requests, log });
      const behalf = { actor: { personId: randomUUID(), roles: ['bidder' as const], ...owner } };
      const parts = { rows, bodies, segments, store: objects, requests };
      return { rows, owner, tus: new EnvelopeStore(parts, owner, behalf as never) };
    }

    const newOwner = () => ({ tenderId: randomUUID(), organisationId: randomUUID() });

    async function begin(tus: EnvelopeStore, { bytes, sha256 }: Body): Promise<string> {
      const upload = new Upload({ id: 'new', size: bytes.length, offset: 0, metadata: { sha256 } });
      return (await tus.create(upload)).id;
    }

    const write = (tus: EnvelopeStore, id: string, offset: number, bytes: Buffer): Promise<number> =>
      tus.write(Readable.from(flowOf(bytes)), id, offset);

    const whole = (sha256: string): Promise<{ size: number } | undefined> =>
      store.head(`quarantine/${sha256}`);

    const segmentsOf = (id: string): Promise<string[]> => keysOf(store, `uploads/${id.slice(-2)}/${id}`);

    /** Segments go after the answer. */
    async function noSegments(id: string): Promise<void> {
      while ((await segmentsOf(id)).length > 0) await new Promise((done) => setTimeout(done, 20));
    }

    it('keeps a flow in one segment, and shows the whole only when it is there', async () => {
      const { tus } = desk();
      const body = randomBody(2 * PIECE + 3 * KIB);
      const id = await begin(tus, body);
      expect(await write(tus, id, 0, body.bytes.subarray(0, PIECE + KIB))).toBe(PIECE + KIB);
      expect(await segmentsOf(id)).toHaveLength(1);
      expect((await tus.getUpload(id)).offset).toBe(PIECE + KIB);
      expect(await whole(body.sha256)).toBeUndefined();
      expect(await write(tus, id, PIECE + KIB, body.bytes.subarray(PIECE + KIB))).toBe(body.bytes.length);
      expect(bodyOf(Buffer.from(await store.read(`quarantine/${body.sha256}`))).sha256).toBe(body.sha256);
      expect(vault.accepted).toContain(body.sha256);
      await noSegments(id);
    });

    it('goes on in another process from what is durable', async () => {
      const one = desk();
      const other = desk({ owner: one.owner, process: 1 });
      const body = randomBody(200 * KIB);
      const id = await begin(one.tus, body);
      await write(one.tus, id, 0, body.bytes.subarray(0, 70 * KIB));
      expect((await other.tus.getUpload(id)).offset).toBe(70 * KIB);
      await write(other.tus, id, 70 * KIB, body.bytes.subarray(70 * KIB));
      expect(await whole(body.sha256)).toEqual({ size: 200 * KIB });
      expect((await one.tus.getUpload(id)).offset).toBe(200 * KIB);
    });

    it('writes a body of many requests to one process once, and of a killed writer what counts', async () => {
      const { tus, owner } = desk();
      const body = randomBody(3 * PIECE);
      const id = await begin(tus, body);
      const cuts = [0, PIECE, PIECE + 5 * KIB, 2 * PIECE];
      for (const [n, at] of cuts.entries()) await write(tus, id, at, body.bytes.subarray(at, cuts[n + 1]));
      expect(await whole(body.sha256)).toEqual({ size: body.bytes.length });
      expect(vault.accepted).toContain(body.sha256);

      // One that was killed: its segment was never closed, and holds more than what counts.
      const killed = randomBody(2 * PIECE);
      const other = await begin(tus, killed);
      const writer = (await desk({ owner }).rows.begin(other, 0))!;
      const growing = await store.grow(segmentKey(other, 0, writer));
      await growing.write([killed.bytes.subarray(0, PIECE)]);
      await growing.sync();
      const segment = { begins: 0, size: 0, key: segmentKey(other, 0, writer) };
      expect(await desk({ owner }).rows.add(other, writer, segment, PIECE)).toBe(true);
      await growing.write([Buffer.alloc(PIECE)]);
      await growing.sync();
      const next = desk({ owner, process: 1 });
      expect((await next.tus.getUpload(other)).offset).toBe(PIECE);
      expect(await write(next.tus, other, PIECE, killed.bytes.subarray(PIECE))).toBe(2 * PIECE);
      expect(bodyOf(Buffer.from(await store.read(`quarantine/${killed.sha256}`))).sha256).toBe(killed.sha256);
      await growing.close().catch(() => undefined);
      await noSegments(other);
    });

    it('lets one of two writers on, and the other leaves nothing', async () => {
      const one = desk();
      const other = desk({ owner: one.owner, process: 1 });
      const body = randomBody(3 * KIB);
      const id = await begin(one.tus, body);
      const slow = new Readable({ read: () => undefined });
      slow.push(body.bytes.subarray(0, KIB));
      const losing = one.tus.write(slow, id, 0);
      while ((await one.rows.find(id, one.owner))!.writer === 0) await Promise.resolve();
      await write(other.tus, id, 0, body.bytes.subarray(0, 2 * KIB));
      slow.push(null);
      await expect(losing).rejects.toBe(ERRORS.INVALID_OFFSET);
      expect(await segmentsOf(id)).toHaveLength(1);
      await expect(write(one.tus, id, KIB, body.bytes.subarray(KIB))).rejects.toBe(ERRORS.INVALID_OFFSET);
      await write(one.tus, id, 2 * KIB, body.bytes.subarray(2 * KIB));
      expect(await whole(body.sha256)).toEqual({ size: 3 * KIB });
    });

    it('forgets bytes that are not what was announced, and lets them come anew', async () => {
      const { tus } = desk();
      const body = randomBody(5 * KIB);
      const id = await begin(tus, body);
      const wrong = write(tus, id, 0, randomBody(5 * KIB).bytes);
      await expect(wrong).rejects.toMatchObject({ code: 'object.hash-mismatch' });
      expect(await whole(body.sha256)).toBeUndefined();
      expect(await segmentsOf(id)).toEqual([]);
      await expect(tus.getUpload(id)).rejects.toBe(ERRORS.FILE_NO_LONGER_EXISTS);
      const again = await begin(tus, body);
      expect(again).not.toBe(id);
      await write(tus, again, 0, body.bytes);
      expect(await whole(body.sha256)).toEqual({ size: 5 * KIB });
    });

    it('notices a wrong body that came in parts', async () => {
      const { tus } = desk();
      const body = randomBody(5 * KIB);
      const id = await begin(tus, body);
      await write(tus, id, 0, body.bytes.subarray(0, KIB));
      const wrong = write(tus, id, KIB, Buffer.alloc(4 * KIB));
      await expect(wrong).rejects.toMatchObject({ code: 'object.hash-mismatch' });
      expect(await whole(body.sha256)).toBeUndefined();
    });

    it('waits for the vault: nothing is lost, and the next look finishes', async () => {
      const { tus } = desk();
      const body = randomBody(9 * KIB);
      const id = await begin(tus, body);
      vault.accept = () => {
        throw new DomainError('bus.unavailable', 'down');
      };
      await expect(write(tus, id, 0, body.bytes)).rejects.toMatchObject({ code: 'bus.unavailable' });
      await expect(tus.getUpload(id)).rejects.toMatchObject({ code: 'bus.unavailable' });
      vault.accept = undefined;
      expect((await tus.getUpload(id)).offset).toBe(9 * KIB);
      expect(vault.accepted).toContain(body.sha256);
      await noSegments(id);
    });

    it('waits for the store: what was counted stays, the rest is sent again', async () => {
      const disk = { isFull: false };
      const { tus } = desk({ objects: fillable(store, disk) });
      const body = randomBody(9 * KIB);
      const id = await begin(tus, body);
      await write(tus, id, 0, body.bytes.subarray(0, KIB));
      disk.isFull = true;
      await expect(write(tus, id, KIB, body.bytes.subarray(KIB))).rejects.toMatchObject({
        code: 'storage.unavailable',
      });
      expect((await tus.getUpload(id)).offset).toBe(KIB);
      disk.isFull = false;
      expect(await write(tus, id, KIB, body.bytes.subarray(KIB))).toBe(9 * KIB);
    });

    it('is complete at once where the vault has the body', async () => {
      const { tus } = desk();
      const body = randomBody(KIB);
      vault.authorise = () => ({ key: 'quarantine/there', isStored: true });
      const id = await begin(tus, body);
      vault.authorise = undefined;
      expect(tus.createdOffset).toBe(KIB);
      expect((await tus.getUpload(id)).offset).toBe(KIB);
      await expect(tus.remove(id)).rejects.toMatchObject({ code: 'upload.finished' });
    });

    it('begins nothing that the vault does not want', async () => {
      const { tus } = desk();
      vault.authorise = () => {
        throw new DomainError('envelope.not-committed', 'no');
      };
      await expect(begin(tus, randomBody(1))).rejects.toMatchObject({ code: 'envelope.not-committed' });
      vault.authorise = undefined;
    });

    it(`takes ${LIMITS.openUploadsMax} unfinished uploads and no more; the same body is the same upload`, async () => {
      const { tus, owner } = desk();
      const bodies = Array.from({ length: LIMITS.openUploadsMax + 1 }, () => randomBody(2 * KIB));
      const begun = await Promise.allSettled(bodies.map((body) => begin(desk({ owner }).tus, body)));
      const refused = begun.filter(({ status }) => status === 'rejected');
      expect(refused).toMatchObject([{ reason: { code: 'upload.too-many' } }]);
      const first = begun.findIndex(({ status }) => status === 'fulfilled');
      const id = (begun[first] as PromiseFulfilledResult<string>).value;
      await write(tus, id, 0, bodies[first]!.bytes.subarray(0, KIB));
      expect(await begin(tus, bodies[first]!)).toBe(id);
      expect(tus.createdOffset).toBe(KIB);
      await tus.remove(id);
      expect(await begin(tus, randomBody(KIB))).toBeDefined();
      expect(await segmentsOf(id)).toEqual([]);
    });

    it('knows nothing of another bidder’s upload, nor of the same bidder’s in another tender', async () => {
      const mine = desk();
      const id = await begin(mine.tus, randomBody(KIB));
      for (const owner of [newOwner(), { ...mine.owner, tenderId: randomUUID() }]) {
        const { tus } = desk({ owner });
        await expect(tus.getUpload(id)).rejects.toBe(ERRORS.FILE_NOT_FOUND);
        await expect(write(tus, id, 0, Buffer.alloc(1))).rejects.toBe(ERRORS.FILE_NOT_FOUND);
        await expect(tus.remove(id)).rejects.toBe(ERRORS.FILE_NOT_FOUND);
      }
      await expect(mine.tus.getUpload('no uuid')).rejects.toBe(ERRORS.FILE_NOT_FOUND);
    });

    it('ends an upload whose time is over, and sweeps what it and its killed writers left', async () => {
      const { tus, rows, owner } = desk();
      const body = randomBody(3 * KIB);
      const id = await begin(tus, body);
      await write(tus, id, 0, body.bytes.subarray(0, KIB));
      // A writer that was killed after its piece was stored and before it was counted, and one after it.
      const writer = await rows.begin(id, KIB);
      await store.put(segmentKey(id, KIB, writer!), body.bytes.subarray(0, 7));
      await write(tus, id, KIB, body.bytes.subarray(KIB, 2 * KIB));
      expect(await segmentsOf(id)).toContain(segmentKey(id, KIB, writer!));
      await databases[0].dataSource.query(
        "UPDATE upload SET expires_at = clock_timestamp() - interval '2 hours' WHERE id = $1",
        [id],
      );
      await expect(tus.getUpload(id)).rejects.toBe(ERRORS.FILE_NO_LONGER_EXISTS);
      await expect(write(tus, id, 2 * KIB, Buffer.alloc(1))).rejects.toBe(ERRORS.FILE_NO_LONGER_EXISTS);
      await removeOldUploads(rows, store);
      expect(await segmentsOf(id)).toEqual([]);
      expect(await rows.find(id, owner)).toBeUndefined();
    });

    it('takes the last piece of no writer whose upload ended meanwhile', async () => {
      const { tus } = desk();
      const body = randomBody(2 * KIB);
      const id = await begin(tus, body);
      const slow = new Readable({ read: () => undefined });
      slow.push(body.bytes.subarray(0, KIB));
      const writing = tus.write(slow, id, 0);
      writing.catch(() => undefined);
      await new Promise((done) => setTimeout(done, 50));
      await tus.remove(id);
      slow.push(body.bytes.subarray(KIB));
      slow.push(null);
      await expect(writing).rejects.toBeDefined();
      expect(await segmentsOf(id)).toEqual([]);
      expect(await whole(body.sha256)).toBeUndefined();
    });
  });
}
