import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CEPH_KEYS, cephConfig, type CephPlan } from './ceph-config.js';
import { CephProcesses, endLeftovers } from './ceph-processes.js';

export interface CephRgw {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Ends its processes; the data stay. */
  stop(): Promise<void>;
}

interface Cluster {
  readonly fsid: string;
  readonly osdId: string;
  readonly monitorPort: number;
  readonly accessKey: string;
  readonly secretKey: string;
}

const run = promisify(execFile);
const ANSWERS_WITHIN_MS = 120_000;

/** The programs of Debian's packages `radosgw ceph-mon ceph-osd ceph-common`. */
export const CEPH_PROGRAMS = [
  'ceph-mon',
  'ceph-osd',
  'radosgw',
  'radosgw-admin',
  'ceph',
  'ceph-authtool',
  'monmaptool',
];

/**
 * A real S3 server with versioning and Object Lock, without a container: Ceph's RADOS gateway with its data in
 * `dataDir`, made at the first start (about 7 s) and found again at the next (about 3 s), also after a kill of
 * everything. Ends with this process, however that ends. Throws an Error when another process runs it on `dataDir`.
 */
export async function startCephRgw({ dataDir }: { dataDir: string }): Promise<CephRgw> {
  const folder = resolve(dataDir);
  const made = join(folder, 'cluster.json');
  await endLeftovers(folder);
  const isNew = !existsSync(made);
  if (isNew) rmSync(folder, { recursive: true, force: true });
  for (const name of ['log', 'mon', 'osd', 'rgw', 'run']) mkdirSync(join(folder, name), { recursive: true });
  const known = isNew ? await newCluster() : (JSON.parse(readFileSync(made, 'utf8')) as Cluster);
  const cluster = { ...known, monitorPort: await portOr(known.monitorPort) };
  const plan = { ...cluster, dataDir: folder, gatewayPort: await freePort() };
  writeFileSync(join(folder, 'ceph.conf'), cephConfig(plan));

  const processes = new CephProcesses(join(folder, 'ceph.conf'));
  try {
    if (isNew) await makeMonitor(plan, processes);
    else if (plan.monitorPort !== known.monitorPort) await moveMonitor(plan, processes);
    processes.start('ceph-mon', '-i', 'a');
    if (isNew) await makeOsd(cluster, processes);
    processes.start('ceph-osd', '-i', '0');
    processes.start('radosgw', '-n', 'client.rgw');
    if (isNew) await makeUser(cluster, processes);
    const endpoint = `http://127.0.0.1:${plan.gatewayPort}`;
    await answering(endpoint, processes);
    writeFileSync(made, JSON.stringify(cluster), { mode: 0o600 });
    const { accessKey, secretKey } = cluster;
    return { endpoint, accessKey, secretKey, stop: () => processes.stop() };
  } catch (error) {
    await processes.stop();
    throw error;
  }
}

const newCluster = async (): Promise<Cluster> => ({
  fsid: randomUUID(),
  osdId: randomUUID(),
  monitorPort: await freePort(),
  accessKey: randomBytes(10).toString('hex').toUpperCase(),
  secretKey: randomBytes(20).toString('hex'),
});

async function makeMonitor(
  { dataDir, fsid, monitorPort }: CephPlan,
  processes: CephProcesses,
): Promise<void> {
  const keyring = join(dataDir, 'keyring');
  await run('ceph-authtool', ['--create-keyring', keyring]);
  for (const [name, ...caps] of CEPH_KEYS)
    await run('ceph-authtool', [keyring, '--gen-key', '-n', name!, ...caps]);
  const map = join(dataDir, 'monmap');
  await run('monmaptool', ['--create', '--fsid', fsid, '--addv', 'a', `[v2:127.0.0.1:${monitorPort}]`, map]);
  await processes.run('ceph-mon', '-i', 'a', '--mkfs', '--monmap', map, '--keyring', keyring);
}

/** The monitor's port is part of its data; another program has taken it since. */
async function moveMonitor({ dataDir, monitorPort }: CephPlan, processes: CephProcesses): Promise<void> {
  const map = join(dataDir, 'monmap');
  await processes.run('ceph-mon', '-i', 'a', '--extract-monmap', map);
  await run('monmaptool', ['--rm', 'a', map]);
  await run('monmaptool', ['--addv', 'a', `[v2:127.0.0.1:${monitorPort}]`, map]);
  await processes.run('ceph-mon', '-i', 'a', '--inject-monmap', map);
}

async function makeOsd({ osdId }: Cluster, processes: CephProcesses): Promise<void> {
  await processes.run('ceph', '--connect-timeout', '30', 'osd', 'new', osdId);
  await processes.run('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', osdId);
}

async function makeUser({ accessKey, secretKey }: Cluster, processes: CephProcesses): Promise<void> {
  const name = ['--uid', 'sunseal', '--display-name', 'sunseal'];
  await processes.run(
    'radosgw-admin',
    'user',
    'create',
    ...name,
    '--access-key',
    accessKey,
    '--secret-key',
    secretKey,
  );
}

async function answering(endpoint: string, processes: CephProcesses): Promise<void> {
  const until = performance.now() + ANSWERS_WITHIN_MS;
  while (performance.now() < until && !processes.hasEnded()) {
    const answer = await fetch(endpoint).catch(() => undefined);
    if (answer) return;
    await sleep(100);
  }
  throw new Error(`Ceph did not answer at ${endpoint}; its logs tell why`);
}

/** This port where it is free, else another. */
const portOr = (wanted: number): Promise<number> => freePort(wanted).catch(() => freePort());

function freePort(wanted = 0): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
