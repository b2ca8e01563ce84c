import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError, invariant } from '#kernel';
import type { BusErrorCode } from '#contracts';

/** One account name of the broker; subjects may hold `*` and `>`. Whoever may subscribe to a request may answer it. */
export interface NatsUser {
  readonly user: string;
  readonly pass: string;
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

export interface NatsServerOptions {
  /** Path of nats-server, 2.9 or later. */
  readonly binary: string;
  /** Folder for streams, configuration (with the passwords, mode 0600) and log; made if missing. */
  readonly dataDir: string;
  /** Default: a free port that the system chooses. */
  readonly port?: number;
  /** Default: anyone on this machine may do everything. */
  readonly users?: readonly NatsUser[];
}

export interface NatsServer {
  /** `nats://127.0.0.1:<port>` */
  readonly url: string;
  readonly pid: number;
  /** Version text, e.g. `2.9.10`. */
  readonly version: string;
  /** Orderly stop; resolves when the process has gone. May be called twice. */
  stop(): Promise<void>;
}

const START_MS = 10_000;

/**
 * Starts a JetStream broker on 127.0.0.1 and resolves when it takes connections. It does not keep this process
 * alive, and it ends with it, however this process ends (a watcher waits for the end of a pipe). From 2.10 on
 * every message is synced to disk before it is acknowledged; an older server may lose its stream in a power cut.
 * Throws `bus.unavailable` with the end of the server's log when it does not start.
 */
export async function startNatsServer(options: NatsServerOptions): Promise<NatsServer> {
  const dataDir = resolve(options.dataDir);
  const portsDir = join(dataDir, 'ports');
  await rm(portsDir, { recursive: true, force: true });
  await mkdir(portsDir, { recursive: true, mode: 0o700 });
  const version = versionOf(options.binary);
  const configFile = join(dataDir, 'nats-server.json');
  await writeFile(configFile, JSON.stringify(configuration({ ...options, dataDir }, version)), {
    mode: 0o600,
  });

  // Own process groups: a Ctrl-C in the terminal reaches us alone, and we stop the broker last.
  const server = spawn(options.binary, ['-c', configFile], { stdio: 'ignore', detached: true });
  const ended = new Promise<void>((done) => {
    server.once('exit', () => done());
    server.once('error', () => done());
  });
  server.unref();
  const watcher = server.pid === undefined ? undefined : watch(server.pid);
  const stop = async (): Promise<void> => {
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGTERM');
    server.ref();
    await ended;
    watcher?.kill('SIGKILL');
  };

  try {
    const url = await listening(server, portsDir);
    invariant(server.pid !== undefined, 'a server that listens has a process id');
    return { url, pid: server.pid, version, stop };
  } catch {
    await stop();
    const log = await readFile(join(dataDir, 'nats-server.log'), 'utf8').catch(() => 'no log');
    throw new DomainError<BusErrorCode>('bus.unavailable', `nats-server did not start: ${log.slice(-500)}`);
  }
}

function versionOf(binary: string): string {
  const text = execFileSync(binary, ['--version'], { encoding: 'utf8' });
  return /v?(\d+\.\d+\.\d+)/.exec(text)?.[1] ?? '0.0.0';
}

/** Whether `version` is at least `major.minor`. */
function isAtLeast(version: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** nats-server reads JSON; text in quotes is never taken for one of its variables. */
function configuration(options: NatsServerOptions, version: string): Record<string, unknown> {
  return {
    host: '127.0.0.1',
    port: options.port ?? -1,
    ports_file_dir: join(options.dataDir, 'ports'),
    log_file: join(options.dataDir, 'nats-server.log'),
    max_payload: 1024 * 1024,
    jetstream: {
      store_dir: join(options.dataDir, 'jetstream'),
      ...(isAtLeast(version, 2, 10) ? { sync_interval: 'always' } : {}),
    },
    ...(options.users === undefined ? {} : { authorization: { users: options.users.map(account) } }),
  };
}

function account({ user, pass, publish, subscribe }: NatsUser): Record<string, unknown> {
  return {
    user,
    password: pass,
    permissions: {
      publish: { allow: publish },
      subscribe: { allow: subscribe },
      allow_responses: { max: 1, expires: '2m' },
    },
  };
}

/** A shell that ends the server when the pipe to us closes; without a shell the server may outlive a kill -9. */
function watch(pid: number): ChildProcess {
  const script = 'cat >/dev/null; kill -TERM "$0"; sleep 5; kill -KILL "$0"';
  const watcher = spawn('/bin/sh', ['-c', script, String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.on('error', () => undefined);
  watcher.unref();
  const pipe = watcher.stdin as (typeof watcher.stdin & { unref?: () => void }) | null;
  pipe?.on('error', () => undefined);
  pipe?.unref?.();
  return watcher;
}

/** The server writes its addresses to a file once it takes connections. */
async function listening(server: ChildProcess, portsDir: string): Promise<string> {
  const until = performance.now() + START_MS;
  while (server.pid !== undefined && server.exitCode === null && server.signalCode === null) {
    const file = (await readdir(portsDir)).find((name) => name.endsWith('.ports'));
    const text = file === undefined ? '' : await readFile(join(portsDir, file), 'utf8');
    if (text.endsWith('}')) {
      const url = (JSON.parse(text) as { nats?: string[] }).nats?.[0];
      if (url !== undefined) return url;
    }
    if (performance.now() > until) break;
    await sleep(20);
  }
  throw new Error('not listening');
}
