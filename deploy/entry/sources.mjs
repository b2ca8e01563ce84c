import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const IS_TEST = /\.(spec|int-spec|e2e-spec|fault-spec)\.ts$/;

/** Every file under `folder`, as paths from `root`, sorted; hidden ones and node_modules are left out. */
export function filesUnder(root, folder) {
  const from = join(root, folder);
  if (!existsSync(from)) return [];
  return readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !/(^|\/)(node_modules|\.[^/]+)(\/|$)/.test(file))
    .sort();
}

export const isCompiled = (file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !IS_TEST.test(file);

/** One fingerprint of names and contents. */
export function fingerprint(root, files, extra = '') {
  const hash = createHash('sha256').update(extra);
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** The portal is built by its own program into a folder of its own. */
export const isPortal = (file) => file.startsWith('apps/web/');

/** Removes what an earlier build left in `dist` for sources that have gone since. */
export function removeStale(root, sources) {
  const wanted = new Set(sources.map((file) => file.replace(/\.ts$/, '.js')));
  for (const file of filesUnder(root, 'dist')) {
    const source = relative('dist', file).replace(/\.js\.map$/, '.js');
    if (!wanted.has(source) && !isPortal(source)) rmSync(join(root, file), { force: true });
  }
}

/** Whether each compiled source has its file in `dist`. */
export const isComplete = (root, sources) =>
  sources.filter(isCompiled).every((file) => existsSync(join(root, 'dist', file.replace(/\.ts$/, '.js'))));

export function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

export function writeStamp(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
