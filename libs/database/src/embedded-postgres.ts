import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isRoot, postgresBinaries, UNPRIVILEGED } from './postgres-binaries.js';

export interface EmbeddedPostgres {
  /** URL of the superuser at database `postgres`. */
  readonly adminUrl: string;
  /** True when a server that an earlier process left behind was taken over. */
  readonly reused: boolean;
  /** Ends the server; its data stay. */
  stop(): Promise<void>;
}

const START_WITHIN_MS = 30_000;
const SUPERUSER = 'sunseal_admin';

/**
 * A real Postgres server on 127.0.0.1 with its data in `dataDir`, on a port that the system chooses. The server
 * outlives a process that was killed; the next start finds it by its postmaster.pid and goes on with it. As root it
 * runs as an unprivileged user, with the cluster in a folder of the system that `dataDir` points to.
 */
export async function startEmbeddedPostgres({ dataDir }: { dataDir: string }): Promise<EmbeddedPostgres> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const cluster = clusterFolder(dataDir);
  const password = readPassword(dataDir);
  const running = runningPort(cluster);
  if (running !== undefined) {
    const adminUrl = url(password, running);
    if (await answers(adminUrl)) return { adminUrl, reused: true, stop: () => stopServer(cluster) };
  }
  const binaries = postgresBinaries();
  if (!existsSync(join(cluster, 'PG_VERSION'))) initialise(binaries, cluster, password);
  const adminUrl = await startServer(binaries, cluster, password);
  return { adminUrl, reused: false, stop: () => stopServer(cluster) };
}

const url = (password: string, port: number): string =>
  `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;

function clusterFolder(dataDir: string): string {
  if (!isRoot()) return join(resolve(dataDir), 'cluster');
  const pointer = join(dataDir, 'cluster.path');
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  const id = createHash('sha256').update(resolve(dataDir)).update(randomBytes(8)).digest('hex').slice(0, 16);
  const folder = join(existsSync('/var/lib') ? '/var/lib' : tmpdir(), 'sunseal', id);
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  writeFileSync(pointer, `${join(folder, 'cluster')}\n`);
  chownSync(folder, UNPRIVILEGED.uid, UNPRIVILEGED.gid);
  return join(folder, 'cluster');
}

function readPassword(dataDir: string): string {
  const file = join(dataDir, 'admin.password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** The port of a server whose pid file names a live process. */
function runningPort(cluster: string): number | undefined {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n');
  return isAlive(Number(pid)) ? Number(port) : undefined;
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function answers(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const owner = () => (isRoot() ? UNPRIVILEGED : {});

function initialise(binaries: string, cluster: string, password: string): void {
  rmSync(cluster, { recursive: true, force: true });
  const secret = `${cluster}.password`;
  writeFileSync(secret, password, { mode: 0o600 });
  if (isRoot()) chownSync(secret, UNPRIVILEGED.uid, UNPRIVILEGED.gid);
  const made = spawnSync(
    join(binaries, 'bin', 'initdb'),
    [
      '-D',
      cluster,
      '-U',
      SUPERUSER,
      '--pwfile',
      secret,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--no-sync',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ],
    { ...owner(), cwd: '/', encoding: 'utf8' },
  );
  rmSync(secret);
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`);
}

async function startServer(binaries: string, cluster: string, password: string): Promise<string> {
  const port = await freePort();
  const log = openSync(`${cluster}.log`, 'a');
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'fsync=on',
    'synchronous_commit=on',
    'max_connections=200',
    'timezone=UTC',
  ];
  const server = spawn(
    join(binaries, 'bin', 'postgres'),
    ['-D', cluster, ...settings.flatMap((s) => ['-c', s])],
    {
      ...owner(),
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  let failure: string | undefined;
  server.once('exit', (code) => (failure = `postgres ended with ${code}`));
  server.once('error', (error) => (failure = error.message));
  server.unref();
  const adminUrl = url(password, port);
  for (let waited = 0; waited < START_WITHIN_MS; waited += 50) {
    if (failure) throw new Error(`${failure}: ${readFileSync(`${cluster}.log`, 'utf8').slice(-2_000)}`);
    if (await answers(adminUrl)) return adminUrl;
    await sleep(50);
  }
  throw new Error(`postgres did not answer within ${START_WITHIN_MS} ms`);
}

/** Ends the server that runs on the data of `dataDir`, if one does. */
export async function stopEmbeddedPostgres({ dataDir }: { dataDir: string }): Promise<void> {
  if (existsSync(dataDir)) await stopServer(clusterFolder(dataDir));
}

/** Fast shutdown: sessions end, everything committed is on disk. */
async function stopServer(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < START_WITHIN_MS && isAlive(pid); waited += 20) await sleep(20);
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
