import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { locked } from './lock.mjs';
import {
  filesUnder,
  fingerprint,
  isCompiled,
  isComplete,
  isPortal,
  readStamp,
  removeStale,
  writeStamp,
} from './sources.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const STAMPS = join(ROOT, 'node_modules/.cache/sunseal');
const LOCK = join(ROOT, 'out/.prepare.lock');

/**
 * Makes a checkout runnable from nothing: dependencies as the lock file says, and `dist` as the sources say. Does
 * only what has changed, says one line for each step, and waits when another process is at it. `folders` are those
 * to compile beside apps and libs. Ends the process with status 1 when a step fails.
 */
export async function prepare({ folders = [], build = true } = {}) {
  const [major, minor] = process.versions.node.split('.').map((part) => Number.parseInt(part, 10));
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(`Node ${process.versions.node} is too old: 20.19 or later is needed\n`);
    process.exit(1);
  }
  await locked(LOCK, () => {
    install();
    if (build) {
      compile(['apps', 'libs', ...folders]);
      buildPortal();
    }
  });
}

function install() {
  const wanted = fingerprint(ROOT, ['package-lock.json'], `${process.platform} ${process.arch}`);
  const stamp = join(STAMPS, 'installed');
  if (readStamp(stamp) === wanted) return;
  if (!isInstalled()) {
    step('dependencies installed', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], true);
  }
  writeStamp(stamp, wanted);
}

/** npm writes what it installed to node_modules/.package-lock.json: an `npm install` by hand counts. */
function isInstalled() {
  const hidden = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  const isSame = ([path, entry]) =>
    path === '' ||
    (present[path]
      ? present[path].version === entry.version && existsSync(join(ROOT, path))
      : entry.optional === true || entry.devOptional === true);
  return Object.entries(wanted).every(isSame) && Object.keys(present).every((path) => path in wanted);
}

function compile(folders) {
  const sources = folders.flatMap((folder) => filesUnder(ROOT, folder)).filter((file) => !isPortal(file));
  const wanted = fingerprint(ROOT, ['.swcrc', 'package-lock.json', ...sources]);
  const stamp = join(STAMPS, `built-${folders.join('-')}`);
  if (readStamp(stamp) === wanted && isComplete(ROOT, sources)) return;
  const tests = [
    '**/*.spec.ts',
    '**/*.int-spec.ts',
    '**/*.e2e-spec.ts',
    '**/*.fault-spec.ts',
    'apps/web/**',
  ].flatMap((glob) => ['--ignore', glob]);
  const present = folders.filter((folder) => existsSync(join(ROOT, folder)));
  const swc = [
    'node_modules/@swc/cli/bin/swc.js',
    ...present,
    '-d',
    'dist',
    '--copy-files',
    '--quiet',
    ...tests,
  ];
  step(`${sources.filter(isCompiled).length} sources compiled`, process.execPath, swc);
  // What tests and benches compiled beside apps and libs stays until its own sources change.
  removeStale(ROOT, [...sources, ...filesUnder(ROOT, 'test')]);
  writeStamp(stamp, wanted);
}

/** The portal, from its own sources and those of the libraries that it shares. */
function buildPortal() {
  const sources = [...filesUnder(ROOT, 'apps/web'), ...filesUnder(ROOT, 'libs')];
  const wanted = fingerprint(ROOT, ['package-lock.json', ...sources]);
  const stamp = join(STAMPS, 'built-portal');
  if (readStamp(stamp) === wanted && existsSync(join(ROOT, 'dist/apps/web/index.html'))) return;
  const vite = [
    'node_modules/vite/bin/vite.js',
    'build',
    '--config',
    'apps/web/vite.config.mjs',
    '--logLevel',
    'warn',
  ];
  step('portal built', process.execPath, vite);
  writeStamp(stamp, wanted);
}

/** Runs one command and says how long it took; its output is shown only when it fails. */
function step(title, command, args, isShell = false) {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: isShell && process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}`);
    process.stderr.write(`failed: ${command} ${args.join(' ')}\n`);
    // The lock file is left with a process that has gone, which the next one notices.
    process.exit(1);
  }
  process.stderr.write(`${title} (${((performance.now() - start) / 1000).toFixed(1)} s)\n`);
}
