import { createServiceDataSource, ServiceDatabase } from '#database';
import { HttpTimestampAuthority } from '#pki';
import { createLog } from '#service';
import { TypeormStamps } from '../src/persistence/typeorm-stamps.js';
import { StampWorker } from '../src/use-cases/stamping/stamp-worker.js';
import { vaultService } from '../src/vault.module.js';

/** A process that has promises stamped until it is killed: `stamps.worker.js DATABASE-URL AUTHORITY-URL PEM`. */
const [url, authorityUrl, authorityPem] = process.argv.slice(2) as [string, string, string];
const { entities, migrations } = vaultService;
const dataSource = await createServiceDataSource({
  url,
  service: 'vault',
  entities,
  migrations,
  poolSize: 2,
});
const database = new ServiceDatabase({ dataSource, service: 'vault' });
new StampWorker({
  stamps: new TypeormStamps(database),
  authority: new HttpTimestampAuthority({ url: authorityUrl, timeoutMs: 60_000, authorityPem }),
  authorityPem,
  log: createLog('stamps', 'warn'),
}).start();
