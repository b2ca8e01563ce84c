import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProducersScene } from '../../../test-support/producers-scene.js';
import { reconcileAll, reconcilePage } from './reconcile.js';

describe('services and ledger compared', () => {
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
  });
  afterAll(() => scene?.close());

  const indexOfSealed = async (): Promise<number> => {
    const sql = 'SELECT index FROM ledger_entry WHERE sealed = $1';
    const [row] = (await scene.asAdministrator('audit', sql, [sealed])) as { index: string }[];
    return Number(row!.index);
  };

  it('agree, also after a reveal, and the report says how much was compared', async () => {
    await scene.reveal('vault', tenderId);
    await scene.settle();
    expect(await scene.differences()).toEqual([]);
    await reconcileAll(scene.ports(), new AbortController().signal);
    const { lastRun, compared } = await reconcilePage(scene.ports(), { after: 'acts:vault:1' });
    expect(compared).toEqual({ what: 'acts', producer: 'vault', from: 1, rows: 4, entries: 4 });
    // Six acts, two sealed acts, six rows of entries; six entries by their acts and six published ones.
    expect(lastRun).toMatchObject({ rows: 14, entries: 12, differences: 0 });
    expect(await scene.alarms()).toEqual([]);
  });

  it('do not differ in what is on its way, nor in what waits behind a gap', async () => {
    scene.isTaking = false;
    await scene.tell('vault');
    await scene.settle();
    scene.isTaking = true;
    await scene.tell('vault');
    await scene.settle();
    expect(await scene.differences()).toEqual([]);
    const { gaps } = await reconcilePage(scene.ports(), {});
    expect(gaps).toEqual([{ producer: 'vault', from: 5, since: expect.any(String) }]);
  });

  it('raise one alarm for the same differences, which numbers no sealed act', async () => {
    await scene.asAdministrator('vault', `UPDATE outbox SET data = data || '{"place":"x"}' WHERE seq = 2`);
    const never = new AbortController().signal;
    await reconcileAll(scene.ports(), never);
    await reconcileAll(scene.ports(), never);
    const index = await indexOfSealed();
    expect(await scene.alarms()).toEqual([
      {
        rule: 'ledger-difference',
        severity: 'critical',
        evidence: {
          kinds: { 'content-differs': 1 },
          first: [{ kind: 'content-differs', producer: 'vault', seq: null, index, sealed }],
        },
      },
    ]);
    expect((await reconcilePage(scene.ports(), {})).lastRun).toMatchObject({ differences: 1 });
  });

  it('are compared from where a page ended, and from no other place', async () => {
    const end = await reconcilePage(scene.ports(), { after: 'entries::0' });
    expect(end.next).toBe('entries::256');
    expect((await reconcilePage(scene.ports(), { after: 'entries::256' })).next).toBeNull();
    await expect(reconcilePage(scene.ports(), { after: 'acts:nobody:1' })).rejects.toMatchObject({
      code: 'request.malformed',
    });
  });
});
