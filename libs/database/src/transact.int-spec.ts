import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DomainError, isInstant } from '#kernel';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.js';
import type { ServiceDatabase } from './service-database.js';
import { takeOnce, transact, type TransactionCall, type Tx } from './transact.js';

class Counter1764000000000 implements MigrationInterface {
  name = 'Counter1764000000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE counter (name text PRIMARY KEY, value integer NOT NULL)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE counter');
  }
}

const call = (changed: Partial<TransactionCall> = {}): TransactionCall => ({
  actorId: '01920f4e-8d00-7000-8000-00000000000a',
  correlationId: 'correlation',
  subject: 'req.tendering.do-something.v1',
  idempotencyKey: null,
  body: { price: '1.00' },
  ...changed,
});

let test: TestDatabase;
let database: ServiceDatabase;

beforeAll(async () => {
  test = await testDatabase();
  const options = { entities: [], migrations: [Counter1764000000000] };
  database = await test.serviceDatabase('tendering', options);
});
afterAll(() => test?.close());
beforeEach(async () => {
  await database.dataSource.query('TRUNCATE counter, outbox, inbox, idempotency');
});

async function increment(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ value: number }>(
    `INSERT INTO counter VALUES ('a', 1) ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value`,
  );
  return row!.value;
}

async function rowsOf(table: string): Promise<number> {
  const [row] = (await database.dataSource.query(`SELECT count(*)::integer AS n FROM ${table}`)) as [
    { n: number },
  ];
  return row.n;
}

async function counted(): Promise<number> {
  const rows = (await database.dataSource.query('SELECT value FROM counter')) as { value: number }[];
  return rows[0]?.value ?? 0;
}

const happened = { subject: 'evt.tendering.something-done.v1', tenderId: null, data: { total: '1.00' } };

describe('a transaction', () => {
  it('shows state and event together', async () => {
    let announced = 0;
    database.onCommitted(() => (announced += 1));
    await transact(database, call(), async (tx) => {
      await increment(tx);
      await tx.emit(happened);
      expect(isInstant(tx.now)).toBe(true);
      expect((await tx.clock()) >= tx.now).toBe(true);
      expect([await rowsOf('outbox'), await counted(), announced]).toEqual([0, 0, 0]);
    });
    expect([await rowsOf('outbox'), await counted(), announced]).toEqual([1, 1, 1]);
  });

  it('shows neither when it is refused, and announces nothing', async () => {
    let announced = 0;
    database.onCommitted(() => (announced += 1));
    const act = transact(database, call({ idempotencyKey: 'k' }), async (tx) => {
      await increment(tx);
      await tx.emit(happened);
      throw new DomainError('tender.closed', 'Too late.');
    });
    await expect(act).rejects.toMatchObject({ code: 'tender.closed' });
    expect([await rowsOf('outbox'), await counted(), announced]).toEqual([0, 0, 0]);
  });

  it('names the actor of the call in its events, or nobody, and then not the correlation either', async () => {
    await transact(database, call(), async (tx) => {
      await tx.emit(happened);
      await tx.emit({ ...happened, actorId: null });
    });
    const rows: unknown = await database.dataSource.query(
      `SELECT actor_id, correlation_id = 'correlation' AS told, correlation_id = event_id::text AS own
       FROM outbox ORDER BY id`,
    );
    expect(rows).toEqual([
      { actor_id: call().actorId, told: true, own: false },
      { actor_id: null, told: false, own: true },
    ]);
  });

  it('is tried again where Postgres asks for it: two that lock each other both succeed', async () => {
    await database.dataSource.query(`INSERT INTO counter VALUES ('a', 0), ('b', 0)`);
    const touch = (first: string, second: string) =>
      transact(database, call(), async (tx) => {
        await tx.query('UPDATE counter SET value = value + 1 WHERE name = $1', [first]);
        await sleep(50);
        await tx.query('UPDATE counter SET value = value + 1 WHERE name = $1', [second]);
      });
    await Promise.all([touch('a', 'b'), touch('b', 'a')]);
    const rows: unknown = await database.dataSource.query('SELECT name, value FROM counter ORDER BY name');
    expect(rows).toEqual([
      { name: 'a', value: 2 },
      { name: 'b', value: 2 },
    ]);
  });

  it('says that the database is unavailable when its sessions are ended', async () => {
    const act = transact(database, call(), (tx) => tx.query('SELECT pg_terminate_backend(pg_backend_pid())'));
    await expect(act).rejects.toMatchObject({ code: 'database.unavailable' });
    expect(await transact(database, call(), increment)).toBe(1);
  });

  it('says so too when the connection is lost without a word from the server', async () => {
    const act = transact(database, call(), async (tx) => {
      const { connection } = (await tx.manager.queryRunner!.connect()) as {
        connection: { stream: { destroy(): void } };
      };
      connection.stream.destroy();
      return tx.query('SELECT 1');
    });
    await expect(act).rejects.toMatchObject({ code: 'database.unavailable' });
    expect(await transact(database, call(), increment)).toBe(1);
  });

  it('does not blame the database for another engine that its work could not reach', async () => {
    const refused = Object.assign(new Error('object store'), { code: 'ECONNREFUSED' });
    const act = transact(database, call(), () => Promise.reject(refused));
    await expect(act).rejects.toBe(refused);
  });

  it('loses no increment of fifty that arrive at once', async () => {
    await Promise.all(
      Array.from({ length: 50 }, () =>
        transact(database, call(), async (tx) => {
          await increment(tx);
          await tx.emit(happened);
        }),
      ),
    );
    expect([await counted(), await rowsOf('outbox')]).toEqual([50, 50]);
  });
});

describe('an idempotency key', () => {
  const keyed = call({ idempotencyKey: 'key-1' });

  it('gives the first answer again and does nothing twice', async () => {
    const work = async (tx: Tx) => {
      await tx.emit(happened);
      return { value: await increment(tx), nothing: null };
    };
    const first = await transact(database, keyed, work);
    expect(await transact(database, keyed, work)).toEqual(first);
    expect([first.value, await counted(), await rowsOf('outbox')]).toEqual([1, 1, 1]);
  });

  it('gives an empty answer again too', async () => {
    const work = async (tx: Tx): Promise<null> => {
      await increment(tx);
      return null;
    };
    expect(await transact(database, keyed, work)).toBeNull();
    expect(await transact(database, keyed, work)).toBeNull();
    expect(await counted()).toBe(1);
  });

  it('knows the same request by its value, not by the order of its members', async () => {
    const body = { a: 1, b: { c: '2', d: null } };
    const again = { b: { d: null, c: '2' }, a: 1 };
    await transact(database, { ...keyed, body }, increment);
    expect(await transact(database, { ...keyed, body: again }, increment)).toBe(1);
    expect(await counted()).toBe(1);
  });

  it('runs the work once when duplicates arrive at the same moment', async () => {
    const work = async (tx: Tx) => {
      const value = await increment(tx);
      await sleep(30);
      await tx.emit(happened);
      return value;
    };
    const answers = await Promise.all(Array.from({ length: 8 }, () => transact(database, keyed, work)));
    expect(answers).toEqual(Array.from({ length: 8 }, () => 1));
    expect([await counted(), await rowsOf('outbox'), await rowsOf('idempotency')]).toEqual([1, 1, 1]);
  });

  it.each<[string, Partial<TransactionCall>]>([
    ['another body', { body: { price: '2.00' } }],
    ['no body', { body: null }],
    ['another subject', { subject: 'req.tendering.do-something-else.v1' }],
  ])('is refused with %s', async (_what, changed) => {
    await transact(database, keyed, increment);
    const act = transact(database, { ...keyed, ...changed }, increment);
    await expect(act).rejects.toMatchObject({ code: 'idempotency.key-reused' });
    expect(await counted()).toBe(1);
  });

  it('belongs to one actor: another may use the same', async () => {
    await transact(database, keyed, increment);
    const other = { ...keyed, actorId: randomUUID(), body: { price: '2.00' } };
    expect(await transact(database, other, increment)).toBe(2);
    expect(await transact(database, { ...other, actorId: null }, increment)).toBe(3);
  });

  it('is free again after a refusal: it stores nothing, and the next try may succeed', async () => {
    const refused = transact(database, keyed, async (tx) => {
      await increment(tx);
      throw new DomainError('tender.closed', 'Not yet.');
    });
    await expect(refused).rejects.toMatchObject({ code: 'tender.closed' });
    expect(await rowsOf('idempotency')).toBe(0);
    expect(await transact(database, { ...keyed, body: { price: '9.00' } }, increment)).toBe(1);
  });
});

describe('an event', () => {
  const event = { id: randomUUID(), subject: 'evt.vault.bid-sealed.v1', correlationId: 'c' };
  const work = async (tx: Tx): Promise<void> => {
    await increment(tx);
  };

  it('is taken once by each consumer', async () => {
    expect(await takeOnce(database, 'audit', event, work)).toBe(true);
    expect(await takeOnce(database, 'audit', event, work)).toBe(false);
    expect(await takeOnce(database, 'tendering', event, work)).toBe(true);
    expect(await counted()).toBe(2);
  });

  it('is named as the cause of the events that taking it emits, but not of those that hide their actor', async () => {
    await takeOnce(database, 'audit', event, async (tx) => {
      await tx.emit(happened);
      await tx.emit({ ...happened, actorId: null });
      await tx.emit({ ...happened, causationId: 'another' });
      await tx.emit({ ...happened, causationId: null });
    });
    const rows = (await database.dataSource.query(
      'SELECT causation_id AS cause FROM outbox ORDER BY id',
    )) as {
      cause: string | null;
    }[];
    expect(rows.map(({ cause }) => cause)).toEqual([event.id, null, 'another', null]);
  });

  it('is taken once when it is delivered twice at the same moment', async () => {
    const slow = async (tx: Tx): Promise<void> => {
      await increment(tx);
      await sleep(30);
    };
    const taken = await Promise.all(
      Array.from({ length: 4 }, () => takeOnce(database, 'audit', event, slow)),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await counted()).toBe(1);
  });

  it('can be taken again when taking it failed', async () => {
    const failing = takeOnce(database, 'audit', event, async (tx) => {
      await work(tx);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect([await counted(), await rowsOf('inbox')]).toEqual([0, 0]);
    expect(await takeOnce(database, 'audit', event, work)).toBe(true);
  });
});
