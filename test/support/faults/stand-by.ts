import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Most of a start is reading code: a process that has done so is up again sooner after the one before it died. */
export async function standBy(signal: string): Promise<void> {
  const parent = process.ppid;
  const code = new URL('../../../apps/standalone/src/start-embedded.js', import.meta.url).href;
  await import(code);
  while (!existsSync(signal)) {
    if (process.ppid !== parent) process.exit(0);
    await sleep(5);
  }
}
