import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { EventEnvelope } from '#contracts';
import { testDatabase } from '../../../test/support/postgres.js';
import { until } from './bus-testing.js';
import type { Bus } from './bus.port.js';
import { InProcessBus } from './in-process-bus.js';
import { OutboxRelay } from './outbox-relay.js';
import { replay, type SqlSource } from './outbox-rows.js';

interface Queryable {
  query(sql: string, params?: unknown[]): Promise<unknown>;
}

function sourceOver(dataSource: DataSource, queryable: Queryable = dataSource): SqlSource {
  return {
    query: async <T>(sql: string, params?: unknown[]) => (await queryable.query(sql, params)) as T[],
    transaction: (work) => dataSource.transaction((manager) => work(sourceOver(dataSource, manager))),
  };
}

/** A bus that takes events only when told to, and remembers the ids it was offered. */
class RecordingBus extends InProcessBus {
  readonly offered: EventEnvelope[] = [];
  refusing = false;
  since: string | undefined;

  override async keepsSince(): Promise<undefined> {
    return this.since as undefined;
  }

  override async publish(event: EventEnvelope): Promise<void> {
    this.offered.push(event);
    if (this.refusing) throw new Error('refused');
    await super.publish(event);
  }
}

describe('outbox relay', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let dataSource: DataSource;
  let sql: SqlSource;
  const relays: OutboxRelay[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    ({ dataSource } = await database.serviceDatabase('tendering', { entities: [], migrations: [] }));
    sql = sourceOver(dataSource);
  });
  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
    await sql.query('TRUNCATE outbox');
    await sql.query('UPDATE outbox_head SET last_seq = 0');
  });
  afterAll(() => database.close());

  async function emit(count: number, from: SqlSource = sql): Promise<void> {
    for (let i = 0; i < count; i++) {
      await from.query(
        `INSERT INTO outbox (event_id, subject, occurred_at, actor_id, tender_id, correlation_id, causation_id, data)
         VALUES ($1, 'evt.tendering.tender-published.v1', '2026-11-24T10:00:00.05+01:00', NULL, $2, 'c-1', NULL, $3)`,
        [randomUUID(), randomUUID(), JSON.stringify({ i })],
      );
    }
  }
  async function started(bus: Bus, onError?: (error: unknown) => void): Promise<OutboxRelay> {
    const relay = new OutboxRelay({
      sql,
      producer: 'tendering',
      bus,
      idleMs: 20,
      ...(onError ? { onError } : {}),
    });
    relays.push(relay);
    await relay.start();
    return relay;
  }

  it('publishes committed rows in order, numbered from 1 without a gap, and marks them', async () => {
    const bus = new RecordingBus();
    await emit(300);
    const relay = await started(bus);
    await relay.drained();
    expect(bus.offered.map(({ seq }) => seq)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
    expect(bus.offered.map(({ data }) => data['i'])).toEqual(Array.from({ length: 300 }, (_, i) => i));
    await emit(1);
    relay.poke();
    await relay.drained();
    expect(bus.offered.at(-1)?.seq).toBe(301);
  });

  it('fills a bus anew that keeps nothing of what was taken before, once', async () => {
    const bus = new RecordingBus();
    await emit(3);
    const before = await started(bus);
    await before.drained();
    await before.stop();
    await sql.query(`UPDATE outbox SET sent_at = sent_at - interval '1 day'`);
    bus.since = new Date(Date.now() - 3_600_000).toISOString();
    await emit(1);
    const relay = await started(bus);
    await until(() => bus.offered.length === 7);
    await relay.drained();
    expect(bus.offered.map(({ seq }) => seq)).toEqual([1, 2, 3, 1, 2, 3, 4]);
    await relay.stop();
    await (await started(bus)).drained();
    expect(bus.offered).toHaveLength(7);
  });

  it('writes the time of occurrence as an instant in UTC', async () => {
    const bus = new RecordingBus();
    await emit(1);
    await (await started(bus)).drained();
    expect(bus.offered[0]).toMatchObject({
      producer: 'tendering',
      occurredAt: '2026-11-24T09:00:00.050Z',
      actorId: null,
      correlationId: 'c-1',
    });
  });

  it('leaves no gap for a transaction that rolls back', async () => {
    const bus = new RecordingBus();
    const rolledBack = sql.transaction(async (tx) => {
      await emit(2, tx);
      throw new Error('roll back');
    });
    await expect(rolledBack).rejects.toThrow('roll back');
    await emit(2);
    await (await started(bus)).drained();
    expect(bus.offered.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('offers a refused event again, with the same id, before any later one', async () => {
    const errors: unknown[] = [];
    const bus = new RecordingBus();
    bus.refusing = true;
    await emit(2);
    const relay = await started(bus, (error) => errors.push(error));
    await until(() => errors.length === 2);
    bus.refusing = false;
    await relay.drained();
    const ids = bus.offered.map(({ id }) => id);
    expect(bus.offered.at(-1)?.seq).toBe(2);
    expect(new Set(ids.slice(0, -1)).size).toBe(1);
  });

  it('publishes again with the same id and number what was published but not marked', async () => {
    const bus = new RecordingBus();
    await emit(1);
    const first = await started(bus);
    await first.drained();
    await first.stop();
    await sql.query('UPDATE outbox SET sent_at = NULL');
    await (await started(bus)).drained();
    expect(bus.offered).toHaveLength(2);
    expect(bus.offered[1]).toEqual(bus.offered[0]);
  });

  it('numbers without gap or twin when two relays run, and consumers see each event once in order', async () => {
    const bus = new RecordingBus();
    const seen: number[] = [];
    await bus.consume('audit', async (event) => void seen.push(event.seq));
    await emit(60);
    const [first, second] = await Promise.all([started(bus), started(bus)]);
    await emit(60);
    await Promise.all([first.drained(), second.drained()]);
    expect(seen).toEqual(Array.from({ length: 120 }, (_, i) => i + 1));
  });

  it('keeps the row when the bus closes while a consumer keeps failing', async () => {
    const failures: unknown[] = [];
    const bus = new InProcessBus({ onError: (error) => failures.push(error) });
    await bus.consume('audit', async () => {
      throw new Error('for ever');
    });
    await emit(1);
    const relay = await started(bus);
    await until(() => failures.length > 0);
    await bus.close();
    await relay.stop();
    expect(await sql.query('SELECT 1 FROM outbox WHERE sent_at IS NULL')).toHaveLength(1);
    await expect(relay.drained()).rejects.toMatchObject({ code: 'bus.closed' });
  });

  it('replays from a number on, at most 256 at once', async () => {
    const bus = new RecordingBus();
    await emit(300);
    await (await started(bus)).drained();
    const replayed = await replay(sql, 'tendering', 11);
    expect(replayed).toEqual(bus.offered.slice(10, 266));
    expect(await replay(sql, 'tendering', 301)).toEqual([]);
  });
});
