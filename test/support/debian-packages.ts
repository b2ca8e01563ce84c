import { execFileSync, spawnSync } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOCK = join(tmpdir(), 'sunseal-debian-packages.lock');
const POLICY = '/usr/sbin/policy-rc.d';
const LOCK_WAIT_MS = 300_000;
/** Where Debian puts servers, which a plain user's PATH leaves out. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

export type DebianBinary = { readonly path: string } | { readonly missing: string };

const asked = new Map<string, Promise<DebianBinary>>();

/**
 * The path of a program, from PATH or, on Debian as root, installed with apt-get from `packages`. Tried once in a
 * process, one process at a time; no service is started by the installation. Never throws.
 */
export function ensureDebianPackage(binary: string, packages: readonly string[]): Promise<DebianBinary> {
  const known = asked.get(binary) ?? findOrInstall(binary, packages);
  asked.set(binary, known);
  return known;
}

async function findOrInstall(binary: string, packages: readonly string[]): Promise<DebianBinary> {
  const path = onPath(binary);
  if (path !== undefined) return { path };
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) {
    return { missing: `${binary} is not on PATH, and this machine is not Debian` };
  }
  if (process.getuid?.() !== 0) {
    return { missing: `${binary} is not on PATH; install ${packages.join(' ')} or run as root` };
  }
  try {
    return await locked(() => {
      const meanwhile = onPath(binary);
      if (meanwhile !== undefined) return { path: meanwhile };
      install(packages);
      const installed = onPath(binary);
      return installed === undefined
        ? { missing: `${packages.join(' ')} installed, but there is no ${binary}` }
        : { path: installed };
    });
  } catch (error) {
    return { missing: `${binary} could not be installed: ${error instanceof Error ? error.message : error}` };
  }
}

function onPath(binary: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, binary))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Package lists are fetched only when the packages are not found in the present ones. */
function install(packages: readonly string[]): void {
  const isHeld = forbidServiceStart();
  try {
    const first = apt(['install', '-y', '--no-install-recommends', ...packages]);
    if (first.ok) return;
    apt(['update']);
    const second = apt(['install', '-y', '--no-install-recommends', ...packages]);
    if (!second.ok) throw new Error(second.end);
  } finally {
    if (isHeld) rmSync(POLICY, { force: true });
  }
}

function apt(args: readonly string[]): { ok: boolean; end: string } {
  const { status, stderr, error } = spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: LOCK_WAIT_MS,
  });
  return { ok: status === 0, end: error?.message ?? (stderr ?? '').trim().slice(-300) };
}

/** invoke-rc.d asks this file; 101 means no. A machine that has its own keeps it. True when we wrote it. */
function forbidServiceStart(): boolean {
  try {
    const file = openSync(POLICY, 'wx', 0o755);
    writeSync(file, '#!/bin/sh\nexit 101\n');
    closeSync(file);
    return true;
  } catch {
    return false;
  }
}

/** Runs `work` while this process alone holds the lock file; a lock whose process has gone is taken over. */
async function locked<T>(work: () => T): Promise<T> {
  const until = performance.now() + LOCK_WAIT_MS;
  while (!take()) {
    if (performance.now() > until) throw new Error(`another process holds ${LOCK}`);
    await sleep(200);
  }
  try {
    return work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function take(): boolean {
  try {
    const file = openSync(LOCK, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch {
    if (isAbandoned()) rmSync(LOCK, { force: true });
    return false;
  }
}

function isAbandoned(): boolean {
  try {
    const pid = readFileSync(LOCK, 'utf8').trim();
    if (!/^\d+$/.test(pid)) return false;
    execFileSync('/bin/sh', ['-c', 'kill -0 "$0"', pid], { stdio: 'ignore' });
    return false;
  } catch {
    return existsSync(LOCK);
  }
}
