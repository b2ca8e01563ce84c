import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The server process of a cluster, as its postmaster.pid tells. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const pidFile = (cluster: string): string => join(cluster, 'postmaster.pid');

/** The server that runs on this cluster, or undefined: a pid that another program has taken over is no server. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  if (!existsSync(pidFile(cluster))) return undefined;
  const [pid, , , port] = readFileSync(pidFile(cluster), 'utf8').split('\n');
  return servesCluster(Number(pid), cluster) ? { pid: Number(pid), port: Number(port) } : undefined;
}

/**
 * Removes the pid file of a server that has gone. Postgres does so itself, unless another program of its user bears
 * the number by now: then it would refuse to start.
 */
export function removeStalePid(cluster: string): void {
  if (!findPostmaster(cluster)) rmSync(pidFile(cluster), { force: true });
}

/** Fast shutdown of the server of this cluster, if one runs: sessions end, everything committed is on disk. */
export async function stopPostmaster(cluster: string, withinMs: number): Promise<void> {
  const running = findPostmaster(cluster);
  if (!running) return;
  process.kill(running.pid, 'SIGINT');
  for (let waited = 0; waited < withinMs; waited += 20) {
    if (hasEnded(running.pid)) return;
    await sleep(20);
  }
  throw new Error(`postgres ${running.pid} did not end within ${withinMs} ms`);
}

/** A server works in the folder of its data; where there is no /proc to ask, being alive must do. */
function servesCluster(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    return false;
  }
}

/** Where nobody collects orphans, as in a container without an init, a server that has ended stays as a zombie. */
function hasEnded(pid: number): boolean {
  if (!isAlive(pid)) return true;
  if (process.platform !== 'linux') return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' && Number(parent) !== process.pid;
  } catch {
    return true;
  }
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
