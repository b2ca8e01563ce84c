import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyBundle } from '../../apps/cli/src/bundle/verify-bundle.js';
import { writeBundle } from '../../apps/cli/src/bundle/write-bundle.js';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { ensureDebianPackage } from '../support/debian-packages.js';
import { CLOCK_FACTOR, play } from '../support/play.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

const engines = [
  await ensureDebianPackage('nats-server', ['nats-server']),
  await ensureDebianPackage('radosgw', ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common']),
];
const missing = engines.flatMap((engine) => ('missing' in engine ? [engine.missing] : []));

if (missing.length > 0) {
  it.skip(`a whole tender over NATS: ${missing.join('; ')}`, () => undefined);
} else {
  describe('a whole tender, every service a process of its own, over NATS with S3', () => {
    let platform: TestPlatform;
    const folder = mkdtempSync(join(tmpdir(), 'sunseal-over-nats-'));

    beforeAll(async () => {
      platform = await startTestPlatform({ clockFactor: CLOCK_FACTOR, overNats: true });
    }, 180_000);

    afterAll(async () => {
      await platform?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it('is awarded, and its bundle verifies offline', async () => {
      const { tenderId } = await play(platform, { noticeRealMs: 15_000, patienceMs: 30_000 });
      await writeBundle(
        new ApiClient({ address: platform.current().address }),
        tenderId,
        join(folder, 'bundle'),
      );
      expect((await verifyBundle(join(folder, 'bundle'))).checks).toHaveLength(8);
    });

    it('kept its events with the broker and its objects in the bucket', async () => {
      expect(existsSync(join(platform.dataDir, 'nats', 'jetstream'))).toBe(true);
      expect(existsSync(join(platform.dataDir, 's3', 'cluster.json'))).toBe(true);
      expect(existsSync(join(platform.dataDir, 'objects'))).toBe(false);
    });

    it('runs every service under a database role of its own', async () => {
      const roles = await platform.query<{ role: string }>(
        `SELECT DISTINCT usename AS role FROM pg_stat_activity
         WHERE datname = 'sunseal' AND usename LIKE 'sunseal\\_%' AND usename <> 'sunseal_admin' ORDER BY 1`,
      );
      expect(roles.map(({ role }) => role)).toEqual([
        'sunseal_audit',
        'sunseal_commercial_scoring',
        'sunseal_gateway',
        'sunseal_registration',
        'sunseal_technical_scoring',
        'sunseal_tendering',
        'sunseal_vault',
      ]);
    });
  });
}
