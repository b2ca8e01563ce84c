import { spawn } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a server was started, so that it can be started again as its operator would. Needs /proc. */
export interface BorrowedProcess {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly uid: number;
  readonly gid: number;
}

export function borrowProcess(pid: number): BorrowedProcess {
  const argv = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const idOf = (name: string): number =>
    parseInt(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)![1]!, 10);
  return {
    pid,
    argv: [readlinkSync(`/proc/${pid}/exe`), ...argv.slice(1)],
    uid: idOf('Uid'),
    gid: idOf('Gid'),
  };
}

/** Waits until it has gone; what its parent does not collect stays as a zombie and has gone too. */
export async function hasGone({ pid }: BorrowedProcess): Promise<void> {
  while (isAlive(pid)) await sleep(10);
}

export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}

/** Started again with the same words; it goes on without this process. */
export function startAgain({ argv, uid, gid }: BorrowedProcess): void {
  const [program, ...rest] = argv;
  spawn(program!, rest, { uid, gid, cwd: '/', detached: true, stdio: 'ignore' }).unref();
}
