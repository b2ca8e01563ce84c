import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './prepare.mjs';

/** Goes on as the compiled program `main`, in this process, so that signals and exit codes are its own. */
export async function handOver(main, args) {
  const file = join(ROOT, 'dist', main);
  process.argv = [process.execPath, file, ...args];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(file).href);
}
