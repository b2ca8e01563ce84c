import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CEPH_PROGRAMS } from '#storage';

export interface Engines {
  /** Path of the broker's program. */
  readonly natsServer: string;
}

const PACKAGES = ['nats-server', 'radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common'];
const FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

const find = (program: string): string | undefined =>
  FOLDERS.map((folder) => join(folder, program)).find((path) => existsSync(path));

const missing = (): string[] =>
  ['nats-server', ...CEPH_PROGRAMS].filter((program) => find(program) === undefined);

/**
 * The broker and the S3 server that services as processes of their own need. On Debian as root they are installed from
 * Debian's packages; elsewhere throws an Error that names what to install.
 */
export function requireEngines(): Engines {
  if (missing().length > 0 && isDebianAsRoot()) install();
  const still = missing();
  if (still.length > 0) {
    throw new Error(
      `these programs are missing: ${still.join(', ')}; on Debian: apt-get install ${PACKAGES.join(' ')}`,
    );
  }
  return { natsServer: find('nats-server')! };
}

function isDebianAsRoot(): boolean {
  const release = '/etc/os-release';
  return (
    process.getuid?.() === 0 && existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'))
  );
}

function install(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: readonly string[]) =>
    spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  process.stderr.write(`installing ${PACKAGES.join(' ')}\n`);
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...PACKAGES);
}
