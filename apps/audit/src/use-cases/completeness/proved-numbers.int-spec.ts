import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkCompleteness, collectReveals, findConflictingActs, isSealedEntry } from '#ledger';
import { ProducersScene } from '../../../test-support/producers-scene.js';
import { PostgresEntrySearch } from '../../persistence/supervision/postgres-entry-search.js';
import { prove } from '../read-ledger.js';
import { catchUp } from '../supervision/follow-ledger.js';

describe('a sealed act and its number', () => {
  const tenderId = randomUUID();
  let scene: ProducersScene;
  beforeAll(async () => {
    scene = await ProducersScene.start();
  });
  afterAll(() => scene?.close());

  it('commits to the number without telling it, in an entry that the commitment finds', async () => {
    await scene.tell('vault');
    const { sealed } = await scene.seal('vault', tenderId);
    await scene.settle();
    const { entry } = await prove(scene.ledger.ports(), { leafSha256: sealed });
    expect(JSON.parse(entry)).toEqual({ v: 1, sealed, place: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('has another commitment to each number, and no reader of entries sees whose it is', async () => {
    await scene.seal('vault', tenderId);
    await scene.seal('tendering', null);
    await scene.settle();
    const { entries } = await scene.ledger.verified();
    const sealed = entries.flatMap(({ entry }) => (isSealedEntry(entry) ? [entry] : []));
    expect(new Set(sealed.map(({ place }) => place)).size).toBe(3);
    for (const entry of sealed) expect(Object.keys(entry).sort()).toEqual(['place', 'sealed', 'v']);
  });

  it('proves it when it is shown, also when it was sealed a moment before', async () => {
    await scene.seal('vault', tenderId);
    await scene.reveal('vault', tenderId);
    await scene.tell('vault');
    await scene.settle();
    const { entries } = await scene.ledger.verified();
    const reveals = collectReveals(entries);
    expect(reveals.map(({ place }) => place)).toEqual([
      { producer: 'vault', seq: 2 },
      { producer: 'vault', seq: 3 },
      { producer: 'vault', seq: 4 },
    ]);
    expect(checkCompleteness(entries, reveals)).toEqual({
      missing: [],
      unplaced: 1,
      provablyIncomplete: false,
    });
    expect(findConflictingActs(entries, reveals)).toEqual([]);
  });

  it('is missed by its number when the ledger is shown without it, and without the one it would hide behind', async () => {
    const { entries } = await scene.ledger.verified();
    const reveals = collectReveals(entries);
    const [gone] = reveals;
    const closed = reveals.map(({ index }) => index);
    const without = entries.filter(
      ({ index, entry }) => index !== gone!.index && !(isSealedEntry(entry) && !closed.includes(index)),
    );
    expect(checkCompleteness(without, reveals.slice(1))).toEqual({
      missing: [{ producer: 'vault', from: 2, to: 2 }],
      unplaced: 0,
      provablyIncomplete: true,
    });
  });

  it('is shown without a number where it was sealed before numbers were proved', async () => {
    const other = randomUUID();
    const { sealed } = await scene.seal('vault', other);
    await scene.settle();
    await scene.asAdministrator('vault', `UPDATE outbox SET place_salt = NULL WHERE data ->> 'sealed' = $1`, [
      sealed,
    ]);
    await scene.reveal('vault', other);
    await scene.settle();
    const reveals = collectReveals((await scene.ledger.verified()).entries);
    expect(reveals.at(-1)).toMatchObject({ sealed });
    expect(reveals.at(-1)).not.toHaveProperty('place');
  });

  it('stands in the entries that supervision reads as it stands in the ledger', async () => {
    const { database } = scene.ledger.rows as unknown as { database: never };
    const search = new PostgresEntrySearch(database);
    await catchUp(search);
    const items = await search.find({ scope: null }, -1, 100);
    const { entries } = await scene.ledger.verified();
    expect(items.map(({ entry }) => entry)).toEqual(entries.map(({ entry }) => entry));
  });
});
