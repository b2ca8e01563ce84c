import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvariantError, utf8 } from '#kernel';
import { actOf, actsIn, actsOf, LedgerScene, namesOf } from '../../test-support/ledger-scene.js';
import { takeActs } from './take-acts.js';
import { enterBatch, requireNothingNewerPublished } from './write-ledger.js';

describe('writing the ledger', () => {
  let scene: LedgerScene;
  beforeAll(async () => {
    scene = await LedgerScene.start();
  });
  afterAll(() => scene?.close());

  it('signs the empty ledger first', async () => {
    expect(await enterBatch(scene.ports())).toBe(0);
    expect((await scene.verified()).checkpoint.size).toBe(0);
  });

  it('enters every act once, in batches across the edges of tiles', async () => {
    await scene.rows.endTurn('');
    const ports = scene.ports({ batchMax: 100 });
    const acts = [...actsOf('vault', 1, 400), ...actsOf('tendering', 1, 250)];
    await takeActs(ports, acts);
    await takeActs(ports, acts.slice(100, 300));
    for (let count: number | undefined = 1; count !== 0;) {
      await scene.letTurnPass();
      count = await enterBatch(ports);
    }
    expect(actsIn(await scene.verified())).toEqual(namesOf(acts));
  });

  it('does not keep again what has its place', async () => {
    const ports = scene.ports();
    await takeActs(ports, actsOf('vault', 390, 10));
    const [{ count }] = (await scene.rows['query']<{ count: string }>(
      'SELECT count(*) FROM waiting_act',
    )) as [{ count: string }];
    expect(count).toBe('0');
  });

  it('holds back what comes after a gap, and lets others go on', async () => {
    const ports = scene.ports();
    await scene.letTurnPass();
    await takeActs(ports, [actOf('vault', 402), ...actsOf('tendering', 251, 3)]);
    expect(await enterBatch(ports)).toBe(3);
    await takeActs(ports, [actOf('vault', 401)]);
    expect(await enterBatch(ports)).toBe(2);
  });

  it('takes an act with a zero character in its text', async () => {
    const ports = scene.ports();
    await scene.letTurnPass();
    await takeActs(ports, [actOf('vault', 403, { text: 'a\u0000b' })]);
    expect(await enterBatch(ports)).toBe(1);
    expect((await scene.verified()).entries.at(-1)!.entry).toMatchObject({ data: { text: 'a\u0000b' } });
  });

  it('gives the turn to one of two, and to the other when the first has ended', async () => {
    const [one, other] = [scene.ports(), scene.ports()];
    await scene.letTurnPass();
    expect(await enterBatch(one)).toBe(0);
    expect(await enterBatch(other)).toBeUndefined();
    await scene.rows.endTurn(one.writer);
    expect(await enterBatch(other)).toBe(0);
  });

  it('does nothing for a writer that lost the turn after it had begun', async () => {
    const [slow, fast] = [scene.ports(), scene.ports()];
    await scene.letTurnPass();
    await takeActs(slow, [actOf('vault', 404)]);
    const { waiting } = scene.rows;
    const rows = Object.create(scene.rows) as typeof scene.rows;
    rows.waiting = async (limit) => {
      const found = await waiting.call(scene.rows, limit);
      await scene.letTurnPass();
      expect(await enterBatch(fast)).toBe(1);
      return found;
    };
    expect(await enterBatch({ ...slow, rows })).toBeUndefined();
    expect(actsIn(await scene.verified()).filter((act) => act === 'vault 404')).toHaveLength(1);
  });

  it.each(['before', 'after'])(
    'refuses what the store gives back altered %s writing, and goes on',
    async (when) => {
      const ports = scene.ports();
      await scene.letTurnPass();
      const last = (await scene.verified()).entries.length;
      await takeActs(ports, [actOf('vault', when === 'before' ? 405 : 406)]);
      const store = scene.store();
      const [read, put] = [store.read.bind(store), store.put.bind(store)];
      let isAltering = when === 'before';
      store.put = (...args) => put(...args).finally(() => (isAltering = true));
      store.read = async (key, bytesMax) => {
        const bytes = await read(key, bytesMax);
        if (isAltering && key.startsWith('ledger/tile/entries')) bytes[bytes.length - 10]! ^= 1;
        return bytes;
      };
      await expect(enterBatch({ ...ports, store })).rejects.toThrow(InvariantError);
      expect(await enterBatch(ports)).toBe(0);
      expect((await scene.verified()).entries).toHaveLength(last + 1);
    },
  );

  it('refuses to go on over a database that is older than what was published', async () => {
    const ports = scene.ports();
    await requireNothingNewerPublished(ports);
    const head = (await scene.rows.head())!;
    const text = `${scene.signer.name}\n${head.size + 1}\n${head.root}\n`;
    const { formatNote } = await import('#ledger');
    const store = scene.store();
    await store.overwrite(
      'ledger/checkpoint',
      utf8(formatNote({ text, signatures: [scene.signer.sign(text)] })),
    );
    await expect(requireNothingNewerPublished(ports)).rejects.toThrow(/older state/);
  });
});
