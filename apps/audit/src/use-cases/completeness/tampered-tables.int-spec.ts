import { createHash, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jcs } from '#kernel';
import type { LedgerDifference } from '#contracts';
import { actOf } from '../../../test-support/ledger-scene.js';
import { ProducersScene } from '../../../test-support/producers-scene.js';

const none = { producer: null, seq: null, index: null, sealed: null };

describe('what the administrator of the database changes', () => {
  const tenderId = randomUUID();
  let scene: ProducersScene;
  let sealed: string;

  /** Vault: 1 open, 2 sealed, 3 open; tendering: 1 open, 2 sealed for good. */
  beforeAll(async () => {
    scene = await ProducersScene.start();
    await scene.tell('vault', { what: 'first' });
    ({ sealed } = await scene.seal('vault', tenderId, { amount: '1.10' }));
    await scene.tell('vault', { what: 'third' });
    await scene.tell('tendering');
    await scene.seal('tendering', null);
    await scene.settle();
    expect(await scene.differences()).toEqual([]);
    await scene.keepTables();
  });
  afterAll(() => scene?.close());

  const indexOf = async (producer: string, seq: number): Promise<number> => {
    const sql = 'SELECT index FROM ledger_entry WHERE producer = $1 AND seq = $2';
    const [row] = (await scene.asAdministrator('audit', sql, [producer, seq])) as { index: string }[];
    return Number(row!.index);
  };
  const indexOfSealed = async (): Promise<number> => {
    const sql = 'SELECT index FROM ledger_entry WHERE sealed = $1';
    const [row] = (await scene.asAdministrator('audit', sql, [sealed])) as { index: string }[];
    return Number(row!.index);
  };

  describe('is found in tables', () => {
    afterEach(() => scene.restoreTables());

    describe('outbox', () => {
      it('a row that was deleted leaves its entry without an act', async () => {
        await scene.asAdministrator('vault', 'DELETE FROM outbox WHERE seq = 3');
        const index = await indexOf('vault', 3);
        expect(await scene.differences()).toEqual([
          { ...none, kind: 'act-missing', producer: 'vault', seq: 3, index },
        ]);
      });

      it('a commitment that was deleted leaves its entry to nobody, and its sealed act untold', async () => {
        await scene.asAdministrator('vault', 'DELETE FROM outbox WHERE seq = 2');
        const index = await indexOfSealed();
        expect(await scene.differences()).toEqual([
          { ...none, kind: 'sealed-act-untold', producer: 'vault', sealed },
          { ...none, kind: 'act-missing', index, sealed },
        ]);
      });

      it('a row that was altered differs from its entry', async () => {
        await scene.asAdministrator('vault', `UPDATE outbox SET data = '{"what":"other"}' WHERE seq = 1`);
        const index = await indexOf('vault', 1);
        expect(await scene.differences()).toEqual([
          { ...none, kind: 'content-differs', producer: 'vault', seq: 1, index },
        ]);
      });

      it('a row that was put among those that are entered has no entry', async () => {
        await scene.asAdministrator('vault', 'UPDATE outbox SET seq = 30 WHERE seq = 3');
        await scene.asAdministrator(
          'vault',
          `INSERT INTO outbox (event_id, seq, subject, occurred_at, correlation_id, data, sent_at)
         VALUES ($1, 3, 'evt.vault.act-sealed.v1', now(), 'c', $2, now())`,
          [randomUUID(), { sealed: 'a'.repeat(64) }],
        );
        const index = await indexOf('vault', 3);
        expect(await scene.differences()).toEqual([
          { ...none, kind: 'entry-missing', producer: 'vault', seq: 3, sealed: 'a'.repeat(64) },
          { ...none, kind: 'act-missing', producer: 'vault', seq: 3, index },
        ]);
      });

      it('a number that was given to another act contradicts its commitment', async () => {
        const swap = 'UPDATE outbox SET data = data || $1 WHERE seq = 2';
        await scene.asAdministrator('vault', swap, [{ place: 'b'.repeat(64) }]);
        const index = await indexOfSealed();
        expect(await scene.differences()).toEqual([
          { kind: 'content-differs', producer: 'vault', seq: 2, index, sealed },
        ]);
      });
    });

    describe('sealed acts', () => {
      it('one that was deleted can never be shown', async () => {
        await scene.asAdministrator('vault', 'DELETE FROM sealed_act');
        const index = await indexOfSealed();
        expect(await scene.differences()).toEqual([
          { ...none, kind: 'opening-missing', producer: 'vault', index, sealed },
        ]);
      });

      it('one that was altered does not open its commitment', async () => {
        await scene.asAdministrator(
          'vault',
          `UPDATE sealed_act SET event = jsonb_set(event, '{data,amount}', '"1.11"')`,
        );
        const index = await indexOfSealed();
        expect(await scene.differences()).toEqual([
          { ...none, kind: 'opening-differs', producer: 'vault', index, sealed },
        ]);
      });

      it('one that was put there was never told to the ledger', async () => {
        await scene.asAdministrator(
          'vault',
          `INSERT INTO sealed_act (tender_id, sealed, salt, event) VALUES ($1, $2, $3, '{}')`,
          [tenderId, 'c'.repeat(64), 'd'.repeat(64)],
        );
        expect(await scene.differences()).toEqual([
          { ...none, kind: 'sealed-act-untold', producer: 'vault', sealed: 'c'.repeat(64) },
        ]);
      });
    });

    describe('entries', () => {
      it('a row that was deleted is missed by its act and by the published file', async () => {
        const index = await indexOf('vault', 1);
        await scene.asAdministrator('audit', 'DELETE FROM ledger_entry WHERE index = $1', [index]);
        expect(await scene.differences()).toEqual([
          { ...none, kind: 'entry-missing', producer: 'vault', seq: 1 },
          { ...none, kind: 'row-differs', index },
        ]);
      });

      it('a row that was altered, with its hash, is no longer what its act says or what was published', async () => {
        const index = await indexOf('vault', 1);
        const [{ entry }] = (await scene.asAdministrator(
          'audit',
          'SELECT entry FROM ledger_entry WHERE index = $1',
          [index],
        )) as [{ entry: string }];
        const altered = jcs({ ...JSON.parse(entry), data: { what: 'other' } });
        const leaf = createHash('sha256').update('\0').update(altered).digest('hex');
        await scene.asAdministrator(
          'audit',
          'UPDATE ledger_entry SET entry = $1, leaf_sha256 = $2 WHERE index = $3',
          [altered, leaf, index],
        );
        expect(await scene.differences()).toEqual([
          { ...none, kind: 'content-differs', producer: 'vault', seq: 1, index },
          { ...none, kind: 'row-differs', index },
        ]);
      });

      it('a row that searches no longer find differs from what was published', async () => {
        const index = await indexOf('vault', 1);
        await scene.asAdministrator('audit', 'UPDATE ledger_entry SET tender_id = $1 WHERE index = $2', [
          tenderId,
          index,
        ]);
        expect(await scene.differences()).toEqual([{ ...none, kind: 'row-differs', index }]);
      });

      it('a row that was put behind the last has no place', async () => {
        await scene.asAdministrator(
          'audit',
          `INSERT INTO ledger_entry (index, leaf_sha256, entry) VALUES (77, 'x', '{}')`,
        );
        expect(await scene.differences()).toEqual([{ ...none, kind: 'row-differs', index: 77 }]);
      });
    });
  });

  describe('is found in acts that wait', () => {
    let before: ReadonlySet<string>;
    beforeEach(async () => {
      before = new Set((await scene.differences()).map((difference) => jcs(difference)));
    });
    /** What is entered stays: each test looks at what it added. */
    const newly = async (): Promise<LedgerDifference[]> =>
      (await scene.differences()).filter((difference) => !before.has(jcs(difference)));

    it('one that was put there under the next number is an entry of no act, and then contradicts the true one', async () => {
      await scene.ledger.rows.keepWaiting([actOf('vault', 4, { forged: true })]);
      await scene.settle();
      const index = await indexOf('vault', 4);
      expect(await newly()).toEqual([{ ...none, kind: 'act-missing', producer: 'vault', seq: 4, index }]);
      await scene.tell('vault', { forged: false });
      await scene.settle();
      expect(await newly()).toEqual([{ ...none, kind: 'content-differs', producer: 'vault', seq: 4, index }]);
    });

    it('one of a producer that there is none of is an entry of nobody', async () => {
      await scene.ledger.rows.keepWaiting([actOf('nobody', 1)]);
      await scene.settle();
      const index = await indexOf('nobody', 1);
      expect(await newly()).toEqual([{ ...none, kind: 'act-missing', producer: 'nobody', seq: 1, index }]);
    });

    it('a commitment that was put there is an entry of nobody', async () => {
      const forged = actOf('vault', 5, { sealed: 'e'.repeat(64), place: 'f'.repeat(64) });
      await scene.ledger.rows.keepWaiting([{ ...forged, subject: 'evt.vault.act-sealed.v1' }]);
      await scene.settle();
      expect(await newly()).toMatchObject([{ kind: 'act-missing', sealed: 'e'.repeat(64) }]);
    });
  });
});
