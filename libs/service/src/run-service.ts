import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { NatsBus } from '#bus';
import { FileObjectStore, type ObjectStore, S3ObjectStore } from '#storage';
import { createLog } from './log.js';
import type { ServiceDefinition } from './service-definition.js';
import { commonSettings, maskSettings, readSettings } from './settings.js';
import { startServices } from './start-services.js';

/** Names in the store whose bytes may be replaced: the ledger's checkpoint and its partial tiles. */
export const MUTABLE_PREFIXES = ['ledger/'];

/** Opens the store that a `storeUrl` names. */
export async function openStore(storeUrl: string): Promise<ObjectStore> {
  const url = new URL(storeUrl);
  if (url.protocol === 'file:') {
    return new FileObjectStore({ root: fileURLToPath(url), mutablePrefixes: MUTABLE_PREFIXES });
  }
  return S3ObjectStore.connect({
    endpoint: url.origin,
    accessKey: decodeURIComponent(url.username),
    secretKey: decodeURIComponent(url.password),
    bucket: url.pathname.slice(1),
    mutablePrefixes: MUTABLE_PREFIXES,
  });
}

/** The main of a service process: settings from the environment, NATS, its database, the store, until a signal. */
export async function runService(definition: ServiceDefinition): Promise<void> {
  const schema = z.strictObject({ ...commonSettings.shape, ...definition.settings.shape });
  const settings = readSettings(schema, process.env) as z.infer<typeof commonSettings>;
  const own = Object.fromEntries(
    Object.entries(settings).filter(([key]) => key in definition.settings.shape),
  );
  const common = Object.fromEntries(Object.entries(settings).filter(([key]) => key in commonSettings.shape));
  const log = createLog(definition.name, settings.logLevel);
  log.info({ settings: maskSettings(schema, settings) }, 'starting');

  const credentials =
    settings.natsUser === undefined ? {} : { user: settings.natsUser, pass: settings.natsPassword ?? '' };
  const bus = await NatsBus.connect({
    servers: settings.natsUrl,
    ...credentials,
    onError: (error, context) => log.error({ error, ...context }, 'a handler failed'),
  });
  const store = await openStore(settings.storeUrl);
  const running = await startServices(
    [{ definition, databaseUrl: settings.databaseUrl, settings: own }],
    {
      bus,
      store,
      log,
      isProduction: settings.mode === 'production',
      settings: maskSettings(commonSettings, common),
    },
    { port: settings.port, host: settings.host },
  );
  log.info({ address: running.address }, 'ready');

  await untilSignal();
  await running.stop();
  await bus.close();
}

/** Resolves at the first SIGINT or SIGTERM. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
