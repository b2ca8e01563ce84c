import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { utf8 } from '#kernel';
import { ensureDebianPackage } from '../../../test/support/debian-packages.js';
import { type CephRgw, startCephRgw } from './ceph-rgw.js';
import { S3ObjectStore } from './s3-object-store.js';

const ceph = await ensureDebianPackage('radosgw', ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common']);

if ('missing' in ceph) {
  it.skip(`Ceph: ${ceph.missing}`, () => undefined);
} else {
  describe('Ceph with its gateway', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sunseal-rgw-'));
    let running: CephRgw;
    const start = async (): Promise<void> => {
      running = await startCephRgw({ dataDir });
    };
    const store = (): Promise<S3ObjectStore> =>
      S3ObjectStore.connect({ ...running, bucket: 'kept', mutablePrefixes: [], createBucket: true });
    const json = (name: string): Record<string, unknown> =>
      JSON.parse(readFileSync(join(dataDir, name), 'utf8')) as Record<string, unknown>;

    beforeAll(async () => {
      await start();
      await (await store()).put('before', utf8('kept'));
    });
    afterEach(async () => {
      expect(await (await store()).read('before')).toEqual(utf8('kept'));
    });
    afterAll(async () => {
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    });

    it('finds its data again after an orderly stop', async () => {
      await running.stop();
      await start();
    });

    it('finds what it acknowledged after all its daemons were killed at once', async () => {
      await (await store()).put('just-before', utf8('acknowledged'));
      for (const pid of json('processes.json')['pids'] as number[]) process.kill(pid, 'SIGKILL');
      await running.stop();
      await start();
      expect(await (await store()).read('just-before')).toEqual(utf8('acknowledged'));
    });

    it('moves its monitor to another port where a program has taken its own', async () => {
      await running.stop();
      const taken = json('cluster.json')['monitorPort'] as number;
      const other = createServer();
      await new Promise<void>((done) => void other.listen(taken, '127.0.0.1', done));
      try {
        await start();
        expect(json('cluster.json')['monitorPort']).not.toBe(taken);
      } finally {
        other.close();
      }
    });

    it('is not started twice on the same data', async () => {
      await expect(startCephRgw({ dataDir })).rejects.toThrow(/already runs/);
    });
  });
}
