import { promises } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { CrashWatch } from './crash-watch.js';

type Work = (...args: unknown[]) => Promise<unknown>;

/** Of a change of names: which argument tells the place. */
const CHANGES: Readonly<Record<string, number>> = { link: 1, rename: 1, unlink: 0, mkdir: 0, writeFile: 0 };
const OF_HANDLE = ['write', 'writev', 'writeFile', 'sync', 'datasync', 'truncate'];

const places = new WeakMap<object, string>();

/** Points before and after each change of files and folders in the store, and each wait for the disk. */
export async function watchFiles(watch: CrashWatch): Promise<void> {
  const all = promises as unknown as Record<string, Work>;
  for (const [name, at] of Object.entries(CHANGES)) {
    const original = all[name]!;
    all[name] = (...args) => around(watch, name, placeOf(args[at]), () => original(...args));
  }
  const open = all['open']!;
  all['open'] = async (...args) => {
    const handle = (await open(...args)) as FileHandle;
    const place = placeOf(args[0]);
    if (place !== undefined) places.set(handle, place);
    return handle;
  };
  await watchHandles(watch);
  syncBuiltinESMExports();
}

async function watchHandles(watch: CrashWatch): Promise<void> {
  const handle = await promises.open('/dev/null');
  const prototype = Object.getPrototypeOf(handle) as Record<string, Work>;
  await handle.close();
  for (const name of OF_HANDLE) {
    const original = prototype[name];
    if (!original) continue;
    prototype[name] = function call(this: object, ...args: unknown[]) {
      return around(watch, name, places.get(this), () => original.apply(this, args));
    };
  }
}

async function around(
  watch: CrashWatch,
  name: string,
  place: string | undefined,
  work: () => Promise<unknown>,
): Promise<unknown> {
  if (place === undefined) return work();
  const { scope } = watch;
  watch.pass(`before ${name} ${place}`, scope);
  const result = await work();
  watch.pass(`after ${name} ${place}`, scope);
  return result;
}

/** Which part of the store; nothing for files that are not in it. */
function placeOf(path: unknown): string | undefined {
  return typeof path === 'string' ? /\/objects\/([^/]+)/.exec(path)?.[1] : undefined;
}
