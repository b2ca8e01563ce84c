import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCephRgw } from '#storage';
import { ensureDebianPackage } from './debian-packages.js';

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
    const dataDir = mkdtempSync(
      join(tmpdir(), `sunseal-rgw-${createHash('sha256').update(process.cwd()).digest('hex').slice(0, 8)}-`),
    );
    const rgw = await startCephRgw({ dataDir });
    return {
      ...rgw,
      stop: async () => {
        await rgw.stop();
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  }
  const container = await minioContainer();
  if (container) return container;
  const skipped = `no S3 server: ${ceph.missing}`;
  if (process.env['CI'] === 'true') throw new Error(skipped);
  return { skipped };
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
