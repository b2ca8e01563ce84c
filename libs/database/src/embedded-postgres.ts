import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { clusterFolder, initialiseCluster, readPassword, serverUser, SUPERUSER } from './cluster.js';
import { postgresBinaries } from './postgres-binaries.js';
import { findPostmaster, removeStalePid, stopPostmaster } from './postmaster.js';
import { whileHolding } from './start-hold.js';

export interface EmbeddedPostgres {
  /** URL of the superuser at database `postgres`. */
  readonly adminUrl: string;
  /** True when a server that an earlier process left behind was taken over. */
  readonly reused: boolean;
  /** Ends the server; its data stay. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  /** Told in a line each what is done. */
  readonly log?: (line: string) => void;
}

const START_WITHIN_MS = 30_000;
/** What may pass by itself: the port was taken meanwhile, or sessions of a killed server have not all ended. */
const PASSES = /could not bind|could not create any TCP|pre-existing shared memory block/;

/**
 * A real Postgres server on 127.0.0.1 with its data in `dataDir`, on a port that the system chooses. The server
 * outlives a process that was killed; the next start finds it by its postmaster.pid and goes on with it. As root it
 * runs as an unprivileged user, with the cluster in a folder of the system that `dataDir` points to. Processes that
 * start it at the same moment get the same server. Throws when it does not answer within 30 seconds.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log = () => undefined } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return whileHolding(dataDir, START_WITHIN_MS, async () => {
    const cluster = clusterFolder(dataDir);
    const password = readPassword(dataDir);
    const stop = () => stopPostmaster(cluster, START_WITHIN_MS);
    const running = findPostmaster(cluster);
    if (running) {
      const adminUrl = url(password, running.port);
      if (await answersWhile(adminUrl, () => findPostmaster(cluster)?.pid === running.pid)) {
        log(`postgres ${running.pid} runs already on port ${running.port}`);
        return { adminUrl, reused: true, stop };
      }
    }
    removeStalePid(cluster);
    initialiseCluster(cluster, password);
    const adminUrl = await startServer(cluster, password);
    log(`postgres runs on port ${new URL(adminUrl).port}, its data are in ${cluster}`);
    return { adminUrl, reused: false, stop };
  });
}

/** Ends the server that runs on the data of `dataDir`, if one does. */
export async function stopEmbeddedPostgres({ dataDir }: { dataDir: string }): Promise<void> {
  if (existsSync(dataDir)) await stopPostmaster(clusterFolder(dataDir), START_WITHIN_MS);
}

const url = (password: string, port: number): string =>
  `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;

/** True once the server answers, also after its recovery; false when it ends before. */
async function answersWhile(adminUrl: string, runs: () => boolean): Promise<boolean> {
  const until = performance.now() + START_WITHIN_MS;
  while (performance.now() < until) {
    if (await answers(adminUrl)) return true;
    if (!runs()) return false;
    await sleep(50);
  }
  throw new Error(`postgres did not answer within ${START_WITHIN_MS} ms`);
}

async function answers(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch (error) {
    // A wrong password does not become right by waiting.
    if ((error as { code?: unknown }).code === '28P01') throw error;
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function startServer(cluster: string, password: string): Promise<string> {
  const until = performance.now() + START_WITHIN_MS;
  for (;;) {
    const adminUrl = url(password, await freePort());
    const failure = await launch(cluster, adminUrl);
    if (failure === undefined) return adminUrl;
    if (!PASSES.test(failure) || performance.now() > until) throw new Error(failure);
    await sleep(100);
  }
}

/** Starts a server that neither holds this process nor ends with it; returns why it ended where it did at once. */
async function launch(cluster: string, adminUrl: string): Promise<string | undefined> {
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${new URL(adminUrl).port}`,
    'unix_socket_directories=',
    'fsync=on',
    'synchronous_commit=on',
    'max_connections=200',
    'timezone=UTC',
  ];
  const logFile = `${cluster}.log`;
  const log = openSync(logFile, 'a');
  const logged = statSync(logFile).size;
  const server = spawn(
    join(postgresBinaries(), 'bin', 'postgres'),
    ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])],
    { ...serverUser(), cwd: '/', detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  let ended: string | undefined;
  server.once('exit', (code) => (ended = `postgres ended with ${code}`));
  server.once('error', (error) => (ended = error.message));
  server.unref();
  if (await answersWhile(adminUrl, () => ended === undefined)) return undefined;
  return `${ended}: ${readFileSync(logFile).subarray(logged).toString().slice(-2_000)}`;
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
