import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CephRgw, startCephRgw } from '#storage';
import { ensureDebianPackage } from './debian-packages.js';
import { lockFile } from './lock-file.js';

export interface TestS3 {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  stop(): Promise<void>;
}

const PACKAGES = ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common'];

/**
 * A real S3 server with Object Lock: `SUNSEAL_TEST_S3_URL` (`http://key:secret@host:port`) names one, else Debian's
 * Ceph, else MinIO in a container where a Docker engine answers. With CI=true there must be one.
 */
export async function s3Store(): Promise<TestS3 | { readonly skipped: string }> {
  const given = process.env['SUNSEAL_TEST_S3_URL'];
  if (given) {
    const url = new URL(given);
    const [accessKey, secretKey] = [url.username, url.password].map(decodeURIComponent) as [string, string];
    return { endpoint: url.origin, accessKey, secretKey, stop: async () => undefined };
  }
  const ceph = await ensureDebianPackage('radosgw', PACKAGES);
  if ('path' in ceph) {
    return sharedCeph();
  }
  const container = await minioContainer();
  if (container) return container;
  const skipped = `no S3 server: ${ceph.missing}`;
  if (process.env['CI'] === 'true') throw new Error(skipped);
  return { skipped };
}

/**
 * One Ceph for all spec files of this checkout, one after the other: the second finds the data of the first, which is
 * quicker than another cluster beside it. Data stay for the next run, so each spec makes buckets of its own.
 */
async function sharedCeph(): Promise<TestS3> {
  const checkout = createHash('sha256').update(process.cwd()).digest('hex').slice(0, 12);
  const dataDir = join(tmpdir(), `sunseal-test-rgw-${checkout}`);
  const release = await lockFile(`${dataDir}.lock`);
  try {
    const rgw = await startCephRgw({ dataDir }).catch((error: unknown) => anew(error, dataDir));
    return { ...rgw, stop: () => rgw.stop().finally(release) };
  } catch (error) {
    release();
    throw error;
  }
}

/** Data that do not start are of no use to anyone; those that another process runs are. */
function anew(error: unknown, dataDir: string): Promise<CephRgw> {
  if (String(error).includes('already runs')) throw error;
  rmSync(dataDir, { recursive: true, force: true });
  return startCephRgw({ dataDir });
}

async function minioContainer(): Promise<TestS3 | undefined> {
  try {
    const { GenericContainer } = await import('testcontainers');
    const [accessKey, secretKey] = ['sunseal-test', 'sunseal-test-secret'] as const;
    const started = await new GenericContainer('minio/minio:RELEASE.2025-09-07T16-13-09Z')
      .withEnvironment({ MINIO_ROOT_USER: accessKey, MINIO_ROOT_PASSWORD: secretKey })
      .withCommand(['server', '/data'])
      .withExposedPorts(9000)
      .start();
    const endpoint = `http://${started.getHost()}:${started.getMappedPort(9000)}`;
    return { endpoint, accessKey, secretKey, stop: async () => void (await started.stop()) };
  } catch {
    return undefined;
  }
}
