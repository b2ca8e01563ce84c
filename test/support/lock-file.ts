import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until this process alone holds the lock; returns what lets it go. A lock whose process has gone is taken
 * over.
 */
export async function lockFile(path: string): Promise<() => void> {
  const own = `${path}.${randomUUID()}`;
  writeFileSync(own, String(process.pid));
  try {
    while (!take(own, path)) await sleep(100);
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(path, { force: true });
}

/** Linking a file that is already written shows the lock and its owner at once. */
function take(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch {
    if (hasGone(path)) rmSync(path, { force: true });
    return false;
  }
}

function hasGone(path: string): boolean {
  try {
    const pid = parseInt(readFileSync(path, 'utf8'), 10);
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
