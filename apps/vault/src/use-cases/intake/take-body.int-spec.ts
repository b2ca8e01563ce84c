import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { contentKey } from '#kernel';
import { LIMITS } from '#contracts';
import { MUTABLE_PREFIXES } from '#service';
import { FileObjectStore, type Stored } from '#storage';
import { BodyStage } from '../../../test-support/body-stage.js';
import { sweepWaiting } from '../keeping/sweep-waiting.js';
import { takeBody } from './take-body.js';

/** A store that copies for as long as the test wants. */
class SlowStore extends FileObjectStore {
  copies = 0;
  begin = (): void => undefined;
  readonly begun = new Promise<void>((resolve) => (this.begin = resolve));
  release = (): void => undefined;
  private readonly released = new Promise<void>((resolve) => (this.release = resolve));

  override async copy(...of: Parameters<FileObjectStore['copy']>): Promise<Stored> {
    this.copies += 1;
    this.begin();
    await this.released;
    return super.copy(...of);
  }
}

describe('a whole body in quarantine', () => {
  let stage: BodyStage;
  beforeAll(async () => {
    stage = await BodyStage.start();
  });
  afterAll(() => stage?.close());

  const slowStore = () => new SlowStore({ root: stage.folder, mutablePrefixes: MUTABLE_PREFIXES });

  it('is accepted, and lies then where envelopes are kept', async () => {
    const committed = await stage.committed();
    await takeBody(stage.ports(), committed.body, committed.call);
    expect(await stage.placesOf(committed)).toEqual(['envelopes']);
    expect(await stage.sealedOf(committed)).toEqual(['body-kept', 'bid-accepted']);
  });

  it('is copied once, however often it is asked for, and nobody waits long for a slow store', async () => {
    const committed = await stage.committed();
    const store = slowStore();
    const ports = stage.ports(store, 300);
    const asked = Array.from({ length: 3 }, () => takeBody(ports, committed.body, committed.call));
    for (const one of await Promise.allSettled(asked)) {
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'envelope.being-kept' } });
    }
    expect(store.copies).toBe(1);
    expect(await stage.sealedOf(committed)).toEqual([]);
    store.release();
    await ports.keeper.keep(committed.body);
    await takeBody(ports, committed.body, committed.call);
    expect(store.copies).toBe(1);
    expect(await stage.sealedOf(committed)).toEqual(['body-kept', 'bid-accepted']);
  });

  describe('that is not accepted', () => {
    const sweep = () => sweepWaiting(stage.ports());
    beforeEach(() => stage.database.dataSource.query('DELETE FROM waiting_body'));
    it(`is removed when it has lain there for ${LIMITS.waitingBodyHoursMax} hours, and not before`, async () => {
      const committed = await stage.committed();
      await sweep();
      await stage.passHours(LIMITS.waitingBodyHoursMax - 1);
      expect(await sweep()).toBe(0);
      expect(await stage.placesOf(committed)).toEqual(['quarantine']);
      await stage.passHours(2);
      expect(await sweep()).toBe(1);
      expect(await stage.placesOf(committed)).toEqual([]);
      await expect(takeBody(stage.ports(), committed.body, committed.call)).rejects.toMatchObject({
        code: 'bid.body-missing',
      });
    });

    it('because it was refused at the last moment is removed from both places', async () => {
      const committed = await stage.committed();
      const store = slowStore();
      const taking = takeBody(stage.ports(store), committed.body, committed.call);
      taking.catch(() => undefined);
      await Promise.race([store.begun, taking]);
      await stage.database.dataSource.query(
        `UPDATE sealed_tender SET document = jsonb_set(document, '{deadlineAt}', '"2026-01-01T00:00:00.000Z"')
         WHERE tender_id = $1`,
        [committed.body.tenderId],
      );
      store.release();
      await expect(taking).rejects.toMatchObject({ code: 'bid.body-late' });
      expect(await stage.placesOf(committed)).toEqual(['quarantine', 'envelopes']);
      await stage.passHours(LIMITS.waitingBodyHoursMax + 1);
      expect(await sweep()).toBe(2);
      expect(await stage.placesOf(committed)).toEqual([]);
    });

    it('yet is being accepted stays, however long it had waited, and so does one that was accepted', async () => {
      const committed = await stage.committed();
      await sweep();
      await stage.passHours(LIMITS.waitingBodyHoursMax + 1);
      const store = slowStore();
      const taking = takeBody(stage.ports(store), committed.body, committed.call);
      await Promise.race([store.begun, taking]);
      await sweep();
      expect(await stage.placesOf(committed)).toEqual(['quarantine']);
      store.release();
      await taking;
      await stage.passHours(LIMITS.waitingBodyHoursMax + 1);
      expect(await sweep()).toBe(0);
      expect(await stage.placesOf(committed)).toEqual(['envelopes']);
    });

    it('and is retained by the store is asked for again later', async () => {
      const committed = await stage.committed();
      await sweep();
      await stage.passHours(LIMITS.waitingBodyHoursMax + 1);
      const key = contentKey('quarantine', committed.body.sha256);
      await stage.store.extendRetention(key, '2100-01-01T00:00:00.000Z');
      expect(await sweep()).toBe(0);
      expect(await stage.placesOf(committed)).toEqual(['quarantine']);
    });

    it('is not waited for by a second sweep, nor removed under one who touches it', async () => {
      const committed = await stage.committed();
      const { waiting } = stage.ports();
      const key = contentKey('quarantine', committed.body.sha256);
      await waiting.touch([key]);
      await stage.passHours(LIMITS.waitingBodyHoursMax + 1);
      let isTouched = false;
      let touching: Promise<void> | undefined;
      await waiting.takeOverdue(LIMITS.waitingBodyHoursMax, async () => {
        touching = waiting.touch([key]).then(() => void (isTouched = true));
        await sweep();
        expect(await stage.placesOf(committed)).toEqual(['quarantine']);
        expect(isTouched).toBe(false);
        return 'done';
      });
      await touching;
      await sweep();
      expect(await stage.placesOf(committed)).toEqual(['quarantine']);
    });
  });
});
