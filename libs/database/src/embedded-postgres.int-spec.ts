import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

/** As root the cluster lies in a folder of the system that the data folder points to. */
function clusterOf(dataDir: string): string {
  const pointer = join(dataDir, 'cluster.path');
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(dataDir, 'cluster');
}

const pidOf = (dataDir: string): number =>
  Number(readFileSync(join(clusterOf(dataDir), 'postmaster.pid'), 'utf8').split('\n')[0]);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the embedded Postgres', () => {
  let dataDir: string;
  let first: EmbeddedPostgres;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sunseal-embedded-'));
    first = await startEmbeddedPostgres({ dataDir });
  });
  afterAll(async () => {
    await first?.stop();
    const cluster = clusterOf(dataDir);
    if (!cluster.startsWith(dataDir)) await rm(dirname(cluster), { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  });

  it('answers on this machine only, with durable settings and a password', async () => {
    expect(first.reused).toBe(false);
    const settings = await ask<{ name: string; setting: string }>(
      first.adminUrl,
      `SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'fsync', 'synchronous_commit', 'TimeZone')`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      listen_addresses: '127.0.0.1',
      fsync: 'on',
      synchronous_commit: 'on',
      TimeZone: 'UTC',
    });
    const wrong = new URL(first.adminUrl);
    wrong.password = 'wrong';
    await expect(ask(wrong.toString(), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('is taken over by the next start when nobody stopped it', async () => {
    const pid = pidOf(dataDir);
    const second = await startEmbeddedPostgres({ dataDir });
    expect(second).toMatchObject({ reused: true, adminUrl: first.adminUrl });
    expect(pidOf(dataDir)).toBe(pid);
  });

  it('ends when it is stopped, and begins again with what was committed', async () => {
    await ask(first.adminUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
    const pid = pidOf(dataDir);
    await first.stop();
    expect(isAlive(pid)).toBe(false);
    await expect(ask(first.adminUrl, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
    await first.stop();
    const again = await startEmbeddedPostgres({ dataDir });
    expect(again.reused).toBe(false);
    expect(await ask(again.adminUrl, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    first = again;
  });

  it('begins again after it was killed: a pid file of a process that has gone is no server', async () => {
    const pid = pidOf(dataDir);
    await ask(first.adminUrl, 'CREATE TABLE survived AS SELECT 8 AS n');
    process.kill(pid, 'SIGKILL');
    while (isAlive(pid)) await new Promise((done) => setTimeout(done, 20));
    const again = await startEmbeddedPostgres({ dataDir });
    expect(again.reused).toBe(false);
    expect(await ask(again.adminUrl, 'SELECT n FROM survived')).toEqual([{ n: 8 }]);
    first = again;
  });

  it('neither waits for a process that took over the number of its own, nor ends it', async () => {
    await first.stop();
    const stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
    try {
      const file = join(clusterOf(dataDir), 'postmaster.pid');
      writeFileSync(file, `${stranger.pid}\n${clusterOf(dataDir)}\n0\n1\n\n127.0.0.1\n\nready\n`);
      await first.stop();
      expect(stranger.signalCode).toBeNull();
      expect(isAlive(stranger.pid!)).toBe(true);
      first = await startEmbeddedPostgres({ dataDir });
      expect(first.reused).toBe(false);
      expect(pidOf(dataDir)).not.toBe(stranger.pid);
      expect(isAlive(stranger.pid!)).toBe(true);
    } finally {
      stranger.kill('SIGKILL');
    }
  });

  it('is one server when several start it at the same moment, also for the first time', async () => {
    const fresh = await mkdtemp(join(tmpdir(), 'sunseal-embedded-'));
    try {
      const started = await Promise.all([1, 2, 3].map(() => startEmbeddedPostgres({ dataDir: fresh })));
      expect(new Set(started.map(({ adminUrl }) => adminUrl)).size).toBe(1);
      expect(started.filter(({ reused }) => !reused)).toHaveLength(1);
      expect(await ask(started[0]!.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await started[0]!.stop();
    } finally {
      const cluster = clusterOf(fresh);
      if (!cluster.startsWith(fresh)) await rm(dirname(cluster), { recursive: true, force: true });
      await rm(fresh, { recursive: true, force: true });
    }
  });
});
