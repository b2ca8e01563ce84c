import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServiceName } from '#contracts';
import { prepareDatabase, provisionService } from '#database';
import type { KeyFiles } from './keys.js';

/**
 * The platform's database on a Postgres server, with a role for each service. Passwords are derived from the
 * installation's own secret, so that a restart finds them again without storing them.
 */
export async function serviceDatabases(
  adminUrl: string,
  services: readonly ServiceName[],
  { ledgerKeyFile }: KeyFiles,
): Promise<{ readonly adminUrl: string; readonly urls: ReadonlyMap<ServiceName, string> }> {
  const secret = readFileSync(ledgerKeyFile);
  const database = await prepareDatabase(adminUrl);
  const urls = new Map<ServiceName, string>();
  for (const service of services) {
    const password = createHmac('sha256', secret).update(`database ${service}`).digest('hex');
    urls.set(service, await provisionService(database, { service, password }));
  }
  return { adminUrl: database, urls };
}
