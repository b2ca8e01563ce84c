import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** `pid-start-boot-space-random`: what the system says of the process, so that a number given anew is not believed. */
const NAME = /^(\d+)-(\d+)-([0-9a-f]+)-(\d+)-[0-9a-f]+$/;
/** A process that cannot be seen from here, in another container, is taken for gone when it has written nothing for: */
const SILENT_MS = 60 * 60_000;

/**
 * A folder of this process alone under `base`, for files that must not outlive it. Folders of processes that have
 * gone, however they ended, are removed now; those of living ones stay.
 */
export function openProcessFolder(base: string): string {
  mkdirSync(base, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(base)) {
    const path = join(base, name);
    if (!isOfLiving(path, name)) rmSync(path, { recursive: true, force: true });
  }
  const folder = join(base, `${identityOf(process.pid)}-${randomBytes(6).toString('hex')}`);
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

/** `pid-start-boot-space`: clock ticks from the boot to its start, which boot, which space of process numbers. */
function identityOf(pid: number): string {
  return `${pid}-${startOf(pid) ?? 0}-${BOOT}-${SPACE}`;
}

function isOfLiving(path: string, name: string): boolean {
  const [, pid = '', start, boot, space] = NAME.exec(name) ?? [];
  if (pid === '') return false;
  if (boot !== BOOT) return false;
  if (space !== SPACE) return writtenWithin(path, SILENT_MS);
  return SPACE === '0' ? answers(parseInt(pid, 10)) : startOf(parseInt(pid, 10)) === start;
}

/** Field 22 of /proc/<pid>/stat (proc_pid_stat(5)); the name in brackets before it may hold anything. */
function startOf(pid: number): string | undefined {
  const fields = textOf(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return fields?.[19];
}

function writtenWithin(folder: string, ms: number): boolean {
  try {
    const paths = [folder, ...readdirSync(folder).map((name) => join(folder, name))];
    return paths.some((path) => Date.now() - statSync(path).mtimeMs < ms);
  } catch {
    return false;
  }
}

/** Where the system tells no more of a process than that it is there. */
function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function processSpace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}

const BOOT = textOf('/proc/sys/kernel/random/boot_id')?.replace(/[^0-9a-f]/g, '') || '0';
const SPACE = processSpace();
