import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MS = 15 * 60_000;

/** Runs `work` while no other process holds `file`; a lock whose process has gone is taken over. */
export async function locked(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    const until = Date.now() + WAIT_MS;
    let told = false;
    while (!take(own, file)) {
      if (isAbandoned(file)) {
        rmSync(file, { force: true });
        continue;
      }
      if (Date.now() > until) throw new Error(`another process holds ${file}`);
      if (!told) process.stderr.write('waiting for another preparation to end\n');
      told = true;
      await sleep(100);
    }
    try {
      return await work();
    } finally {
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** A hard link appears with its content or not at all: nobody reads a lock without its process id. */
function take(own, file) {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > WAIT_MS) return true;
    process.kill(Number.parseInt(readFileSync(file, 'utf8'), 10), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
