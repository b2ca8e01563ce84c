import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { instantToMs, isInstant } from '#kernel';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.js';
import { readClock, setDemonstrationClock } from './platform-clock.js';

let test: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  test = await testDatabase();
  client = new pg.Client({ connectionString: await test.serviceUrl('tendering') });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await test?.close();
});

const read = async () => readClock(async (sql) => (await client.query(sql)).rows);

/** Virtual and real milliseconds that passed on the database's own clocks while `work` ran. */
async function passed(work: () => Promise<void>): Promise<{ virtual: number; real: number }> {
  const sql = `SELECT (extract(epoch FROM platform.now()) * 1000)::float8 AS virtual,
                      (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS real`;
  const at = async () => (await client.query<{ virtual: number; real: number }>(sql)).rows[0]!;
  const from = await at();
  await work();
  const to = await at();
  return { virtual: to.virtual - from.virtual, real: to.real - from.real };
}

describe('the platform’s clock', () => {
  it('is real time at first', async () => {
    const { now, factor } = await read();
    expect(isInstant(now)).toBe(true);
    expect(factor).toBe(1);
    const { rows } = await client.query<{ drift: number }>(
      'SELECT abs(extract(epoch FROM clock_timestamp() - platform.now()))::float8 AS drift',
    );
    expect(rows[0]!.drift).toBeLessThan(0.01);
  });

  it('runs as many times faster as it was set to', async () => {
    await setDemonstrationClock(test.adminUrl, 1_000);
    const { virtual, real } = await passed(() => sleep(50));
    expect((await read()).factor).toBe(1_000);
    expect(real).toBeGreaterThan(45);
    // The two clocks are read one after the other within a statement, a hundredth of a millisecond or so apart.
    expect(virtual / real).toBeGreaterThan(900);
    expect(virtual / real).toBeLessThan(1_100);
  });

  it('goes on from where it was when its speed changes, and never back', async () => {
    let last = instantToMs((await read()).now);
    for (const factor of [10_000, 1, 3_600, 1, 100, 1]) {
      await setDemonstrationClock(test.adminUrl, factor);
      for (let reading = 0; reading < 5; reading++) {
        const now = instantToMs((await read()).now);
        expect(now).toBeGreaterThanOrEqual(last);
        last = now;
      }
    }
  });

  it('never goes back for those who read it while it is slowed down', async () => {
    const reader = new pg.Client({ connectionString: test.adminUrl });
    await reader.connect();
    let backwards = 0;
    let readings = 0;
    const changes = new AbortController();
    const watching = (async () => {
      let last = instantToMs((await readClock(async (sql) => (await reader.query(sql)).rows)).now);
      while (!changes.signal.aborted) {
        const now = instantToMs((await readClock(async (sql) => (await reader.query(sql)).rows)).now);
        if (now < last) backwards += 1;
        last = now;
        readings += 1;
      }
    })();
    for (let change = 0; change < 20; change++) {
      await setDemonstrationClock(test.adminUrl, 100_000);
      await setDemonstrationClock(test.adminUrl, 1);
    }
    changes.abort();
    await watching;
    await reader.end();
    expect(readings).toBeGreaterThan(20);
    expect(backwards).toBe(0);
  });

  it('makes no jump when its speed changes', async () => {
    await setDemonstrationClock(test.adminUrl, 1);
    const { virtual, real } = await passed(async () => {
      await setDemonstrationClock(test.adminUrl, 2);
      await setDemonstrationClock(test.adminUrl, 1);
    });
    expect(virtual).toBeGreaterThanOrEqual(real - 2);
    expect(virtual).toBeLessThanOrEqual(2 * real + 2);
  });

  it('does not change when it is set to the speed it has', async () => {
    const epochs = async () => {
      const admin = new pg.Client({ connectionString: test.adminUrl });
      await admin.connect();
      const { rows } = await admin.query('SELECT * FROM platform.clock');
      await admin.end();
      return rows as unknown;
    };
    const before = await epochs();
    await setDemonstrationClock(test.adminUrl, 1);
    expect(await epochs()).toEqual(before);
  });

  it.each([0, -1, 10_000_001])('refuses to run %i times as fast', async (factor) => {
    await expect(setDemonstrationClock(test.adminUrl, factor)).rejects.toMatchObject({ code: '23514' });
    expect((await read()).factor).toBe(1);
  });
});
