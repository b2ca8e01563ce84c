import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { isRoot, postgresBinaries, UNPRIVILEGED } from './postgres-binaries.js';

export const SUPERUSER = 'sunseal_admin';

/** The user that Postgres runs as: this process's own, unless that is root. */
export const serverUser = () => (isRoot() ? UNPRIVILEGED : {});

/** Where the cluster of `dataDir` lies: inside, or as root in a folder of the system that a file in it points to. */
export function clusterFolder(dataDir: string): string {
  if (!isRoot()) return join(resolve(dataDir), 'cluster');
  const pointer = join(dataDir, 'cluster.path');
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  const id = createHash('sha256').update(resolve(dataDir)).update(randomBytes(8)).digest('hex').slice(0, 16);
  const cluster = join(existsSync('/var/lib') ? '/var/lib' : tmpdir(), 'sunseal', id, 'cluster');
  writeDurably(pointer, `${cluster}\n`);
  return cluster;
}

/** The superuser's password, made at random once; only the owner of `dataDir` can read it. */
export function readPassword(dataDir: string): string {
  const file = join(dataDir, 'admin.password');
  if (!existsSync(file)) writeDurably(file, randomBytes(24).toString('hex'));
  return readFileSync(file, 'utf8').trim();
}

/** Makes the cluster where there is none. One that was half made when its process ended is made anew. */
export function initialiseCluster(cluster: string, password: string): void {
  if (existsSync(join(cluster, 'PG_VERSION'))) return;
  const folder = dirname(cluster);
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  if (isRoot()) {
    // Whatever the umask is, the server's user must be able to enter.
    chmodSync(dirname(folder), 0o711);
    chownSync(folder, UNPRIVILEGED.uid, UNPRIVILEGED.gid);
  }
  const making = `${cluster}.making`;
  const secret = `${cluster}.password`;
  rmSync(making, { recursive: true, force: true });
  rmSync(secret, { force: true });
  writeFileSync(secret, password, { mode: 0o600, flag: 'wx' });
  try {
    if (isRoot()) chownSync(secret, UNPRIVILEGED.uid, UNPRIVILEGED.gid);
    runInitdb(making, secret);
  } finally {
    rmSync(secret);
  }
  renameSync(making, cluster);
  syncFolder(folder);
}

function runInitdb(folder: string, passwordFile: string): void {
  const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = ['-U', SUPERUSER, '--pwfile', passwordFile, '-A', 'scram-sha-256'];
  const made = spawnSync(join(postgresBinaries(), 'bin', 'initdb'), ['-D', folder, ...access, ...locale], {
    ...serverUser(),
    cwd: '/',
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`);
}

/** A cluster whose pointer or password a power cut took away would be lost with them. */
function writeDurably(file: string, text: string): void {
  const making = `${file}.making`;
  const handle = openSync(making, 'w', 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(making, file);
  syncFolder(dirname(file));
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
