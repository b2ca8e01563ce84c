import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PROGRAM_WITHIN_MS = 120_000;
const END_WITHIN_MS = 5_000;

/** Ceph's daemons in the order of their start; each with a watcher that ends it when our end of a pipe closes. */
export class CephProcesses {
  private readonly started: { readonly child: ChildProcess; readonly watcher: ChildProcess }[] = [];

  constructor(private readonly config: string) {}

  start(program: string, ...args: readonly string[]): void {
    const child = spawn(program, ['-c', this.config, ...args, '-f'], { stdio: 'ignore', detached: true });
    child.on('error', () => undefined);
    child.unref();
    this.started.push({ child, watcher: watch(child) });
    writeFileSync(
      pidFile(dirname(this.config)),
      JSON.stringify({ owner: process.pid, pids: this.started.map((one) => one.child.pid) }),
    );
  }

  /** One of Ceph's tools, to its end. */
  async run(program: string, ...args: readonly string[]): Promise<void> {
    await run(program, ['-c', this.config, ...args], { timeout: PROGRAM_WITHIN_MS });
  }

  /** Whether one of the daemons has ended or never began. */
  hasEnded(): boolean {
    return this.started.some(
      ({ child }) => child.exitCode !== null || child.signalCode !== null || child.pid === undefined,
    );
  }

  /** The last to start ends first; resolves when all have gone. May be called twice. */
  async stop(): Promise<void> {
    for (const { child, watcher } of this.started.splice(0).toReversed()) {
      const ended = new Promise<void>((done) => child.once('exit', () => done()));
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) {
        child.ref();
        await Promise.race([ended, sleep(END_WITHIN_MS, undefined, { ref: false })]);
        if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await ended;
      }
      watcher.stdin?.destroy();
      watcher.kill('SIGKILL');
    }
  }
}

/**
 * Waits until the daemons of an earlier start, whose owner was killed, have gone; those that do not go are killed.
 * They hold the locks of the data. Throws an Error when their owner still lives: a folder has one owner.
 */
export async function endLeftovers(dataDir: string): Promise<void> {
  const file = pidFile(dataDir);
  if (!existsSync(file)) return;
  const config = join(dataDir, 'ceph.conf');
  const { owner, pids: all } = JSON.parse(readFileSync(file, 'utf8')) as { owner: number; pids: number[] };
  const pids = all.filter((pid) => isOurs(pid, config));
  if (pids.some((pid) => parentOf(pid) === owner)) {
    throw new Error(`process ${owner} already runs the Ceph in ${dataDir}`);
  }
  for (const pid of pids) signal(pid, 'SIGTERM');
  const until = performance.now() + END_WITHIN_MS;
  while (pids.some((pid) => isOurs(pid, config))) {
    if (performance.now() > until) for (const pid of pids) if (isOurs(pid, config)) signal(pid, 'SIGKILL');
    await sleep(50);
  }
}

const pidFile = (dataDir: string): string => join(dataDir, 'processes.json');

/** A shell that ends the daemon when the pipe to us closes, however we end. */
function watch(child: ChildProcess): ChildProcess {
  const script = 'cat >/dev/null; kill -TERM "$0" && sleep 5 && kill -KILL "$0"';
  const watcher = spawn('/bin/sh', ['-c', script, String(child.pid)], {
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

/** A number may have gone to another program meanwhile; ours was told where its configuration is. */
const isOurs = (pid: number, config: string): boolean =>
  about(pid, 'cmdline')?.split('\0').includes(config) ?? false;

/** The fourth field, after the name in brackets, which may hold anything. */
function parentOf(pid: number): number | undefined {
  const fields = about(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ');
  const parent = fields?.[1];
  return parent === undefined ? undefined : parseInt(parent, 10);
}

function about(pid: number, name: 'cmdline' | 'stat'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has gone already.
  }
}
