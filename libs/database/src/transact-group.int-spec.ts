import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DomainError } from '#kernel';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.js';
import { rowsOf } from './bookkeeping-rows.js';
import type { ServiceDatabase } from './service-database.js';
import { transact, type TransactionCall } from './transact.js';
import { type Outcome, transactGroup } from './transact-group.js';

class Notes1764000000000 implements MigrationInterface {
  name = 'Notes1764000000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE note (text text NOT NULL)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE note');
  }
}

const ACTOR = '01920f4e-8d00-7000-8000-00000000000a';
const call = (text: string, idempotencyKey: string | null = null): TransactionCall => ({
  actorId: ACTOR,
  correlationId: `of ${text}`,
  subject: 'req.vault.write-note.v1',
  idempotencyKey,
  body: { text },
});
const textOf = ({ body }: TransactionCall): string => (body as { text: string }).text;

let test: TestDatabase;
let database: ServiceDatabase;
let runs: string[][] = [];

beforeAll(async () => {
  test = await testDatabase();
  database = await test.serviceDatabase('vault', { entities: [], migrations: [Notes1764000000000] });
});
afterAll(() => test?.close());
beforeEach(async () => {
  runs = [];
  await database.dataSource.query('TRUNCATE note, outbox, idempotency');
});

/** Writes each text, but for those that begin with a bang, and tells it. */
function writeAll(calls: readonly TransactionCall[]): Promise<Outcome<string>[]> {
  return transactGroup<string>(database, calls, async (tx, open) => {
    const texts = open.map((at) => textOf(calls[at]!));
    runs.push(texts);
    const good = open.filter((at) => !textOf(calls[at]!).startsWith('!'));
    if (good.length > 0) {
      await tx.query(
        `INSERT INTO note VALUES ${rowsOf(good.length, 1)}`,
        good.map((at) => textOf(calls[at]!)),
      );
    }
    await tx.emitAll(
      good.map((at) => ({
        call: calls[at]!,
        event: { subject: 'evt.vault.note-written.v1', tenderId: null, data: { text: textOf(calls[at]!) } },
      })),
    );
    return texts.map((text) =>
      text.startsWith('!')
        ? { ok: false, error: new DomainError('bid.late', 'refused') }
        : { ok: true, answer: `wrote ${text}` },
    );
  });
}

const column = async (sql: string): Promise<unknown[]> =>
  ((await database.dataSource.query(sql)) as object[]).map((row) => Object.values(row)[0] as unknown);
const notes = () => column('SELECT text FROM note ORDER BY text');

describe('a group of calls', () => {
  it('takes effect in one transaction, each with its own answer and event', async () => {
    const outcomes = await writeAll(['a', 'b', 'c'].map((text) => call(text, randomUUID())));
    expect(outcomes).toEqual(['a', 'b', 'c'].map((text) => ({ ok: true, answer: `wrote ${text}` })));
    expect(await notes()).toEqual(['a', 'b', 'c']);
    expect(await column('SELECT DISTINCT xmin::text FROM note')).toHaveLength(1);
    expect(await column('SELECT correlation_id FROM outbox ORDER BY id')).toEqual(['of a', 'of b', 'of c']);
  });

  it('lets one be refused without the others, and keeps no answer of a refusal', async () => {
    const key = randomUUID();
    const outcomes = await writeAll([call('a'), call('!b', key), call('c')]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(await notes()).toEqual(['a', 'c']);
    expect(await column('SELECT key FROM idempotency')).toEqual([]);
  });

  it('gives the first answer again for the same key, in a later group and within one', async () => {
    const key = randomUUID();
    const [first] = await writeAll([call('a', key)]);
    const again = await writeAll([call('a', key), call('b', randomUUID()), call('a', key)]);
    expect([again[0], again[2]]).toEqual([first, first]);
    expect(runs).toEqual([['a'], ['b']]);
    const twin = randomUUID();
    const twins = await writeAll([call('t', twin), call('t', twin)]);
    expect(twins[0]).toEqual(twins[1]);
    expect(await notes()).toEqual(['a', 'b', 't']);
  });

  it('refuses a key that another request used, in the table or in the group', async () => {
    const key = randomUUID();
    await writeAll([call('a', key)]);
    const reused = { ok: false, error: expect.objectContaining({ code: 'idempotency.key-reused' }) };
    expect(await writeAll([call('x', key)])).toEqual([reused]);
    const other = randomUUID();
    expect((await writeAll([call('y', other), call('z', other)]))[1]).toEqual(reused);
    expect(await writeAll([call('a', key), call('x', key)])).toEqual([
      { ok: true, answer: 'wrote a' },
      reused,
    ]);
    expect(await notes()).toEqual(['a', 'y']);
  });

  it('shares keys with single transactions', async () => {
    const key = randomUUID();
    const single = await transact(database, call('a', key), () => Promise.resolve('wrote alone'));
    expect(await writeAll([call('a', key)])).toEqual([{ ok: true, answer: single }]);
  });

  it('has one effect when groups with the same keys meet', async () => {
    const keys = Array.from({ length: 20 }, () => randomUUID());
    const groups = await Promise.all(
      Array.from({ length: 6 }, (_, n) => {
        const calls = keys.map((key, at) => call(`n${at}`, key));
        return writeAll(n % 2 === 0 ? calls : calls.toReversed());
      }),
    );
    expect(groups.flat().every(({ ok }) => ok)).toBe(true);
    expect(await notes()).toHaveLength(20);
  });

  it('leaves nothing of any call where the transaction fails', async () => {
    const failing = transactGroup<string>(database, [call('a', randomUUID())], async (tx) => {
      await tx.query('INSERT INTO note VALUES ($1)', ['a']);
      throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    expect(await notes()).toEqual([]);
    expect(await column('SELECT key FROM idempotency')).toEqual([]);
  });
});
