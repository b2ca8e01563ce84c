import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { instantFromMs } from '#kernel';
import { brokerPermissions, type NatsServer, type NatsUser, startNatsServer } from '#bus';
import { REQUESTS, type ServiceName } from '#contracts';
import { dropDatabase, setDemonstrationClock, startEmbeddedPostgres } from '#database';
import { createLog, MUTABLE_PREFIXES, variableName } from '#service';
import { S3ObjectStore, startCephRgw } from '#storage';
import { requireEngines } from './engines.js';
import { ensureKeys } from './keys.js';
import { serviceDatabases } from './service-databases.js';
import { ServiceProcess } from './service-process.js';
import { serviceSettings } from './service-settings.js';
import { SERVICES } from './services.js';
import type { PlatformOptions, RunningPlatform } from './start-embedded.js';

const BUCKET = 'sunseal';

/** The whole platform, every service as a process of its own: NATS between them, Postgres and an S3 server under them. */
export async function startDistributed(options: PlatformOptions): Promise<RunningPlatform> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const log = createLog('standalone', options.logLevel);
  const engines = requireEngines();
  if (options.isFresh)
    for (const folder of ['keys', 's3', 'nats'])
      rmSync(join(dataDir, folder), { recursive: true, force: true });
  const keys = await ensureKeys(dataDir, instantFromMs(Date.now()));
  const names = SERVICES.map(({ name }) => name);
  const [postgres, s3, broker] = await Promise.all([
    startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') }),
    startCephRgw({ dataDir: join(dataDir, 's3') }),
    startBroker(engines.natsServer, join(dataDir, 'nats'), names),
  ]);
  if (options.isFresh) await dropDatabase(postgres.adminUrl);
  const { adminUrl, urls } = await serviceDatabases(postgres.adminUrl, names, keys);
  await setDemonstrationClock(adminUrl, options.clockFactor);
  await S3ObjectStore.connect({
    ...s3,
    bucket: BUCKET,
    mutablePrefixes: MUTABLE_PREFIXES,
    createBucket: true,
  });

  const settings = serviceSettings(keys, options);
  const storeUrl = withCredentials(s3.endpoint, s3.accessKey, s3.secretKey);
  const processOf = (name: ServiceName): ServiceProcess => {
    const common = {
      databaseUrl: urls.get(name)!,
      natsUrl: broker.server.url,
      natsUser: name,
      natsPassword: broker.passwords.get(name)!,
      storeUrl,
      mode: options.clockFactor === 1 ? 'development' : 'demonstration',
      port: name === 'gateway' ? String(options.port) : '0',
      logLevel: 'info',
    };
    return new ServiceProcess(name, environmentOf({ ...settings[name], ...common }), log);
  };
  const others = names.filter((name) => name !== 'gateway').map(processOf);
  const gateway = processOf('gateway');
  await Promise.all(others.map((other) => other.start()));
  // The gateway asks the others as soon as it is asked; it comes last.
  const address = await gateway.start();
  log.info({ address }, 'all services have started');
  return {
    address,
    keys,
    stop: async () => {
      await gateway.stop();
      await Promise.all(others.map((other) => other.stop()));
      await broker.server.stop();
      await s3.stop();
      await postgres.stop();
    },
  };
}

async function startBroker(
  binary: string,
  dataDir: string,
  services: readonly ServiceName[],
): Promise<{ readonly server: NatsServer; readonly passwords: ReadonlyMap<ServiceName, string> }> {
  const passwords = new Map(services.map((name) => [name, randomBytes(18).toString('base64url')]));
  const requests = [...new Set(REQUESTS.map(({ service }) => `req.${service}.>`))];
  const users: NatsUser[] = services.map((user) => ({
    user,
    pass: passwords.get(user)!,
    ...brokerPermissions(user, requests),
  }));
  return { server: await startNatsServer({ binary, dataDir, users }), passwords };
}

function withCredentials(endpoint: string, accessKey: string, secretKey: string): string {
  const url = new URL(endpoint);
  url.username = encodeURIComponent(accessKey);
  url.password = encodeURIComponent(secretKey);
  url.pathname = `/${BUCKET}`;
  return url.toString();
}

/** Settings reach a service as they do anywhere else: through `SUNSEAL_*` variables, and only those that are meant. */
function environmentOf(settings: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(settings).map(([key, value]) => [variableName(key), value]);
  const others = Object.entries(process.env).filter(([key]) => !key.startsWith('SUNSEAL_'));
  return Object.fromEntries([...others, ...own]) as Record<string, string>;
}
