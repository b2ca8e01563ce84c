import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { instantFromMs } from '#kernel';
import { InProcessBus } from '#bus';
import { dropDatabase, setDemonstrationClock, startEmbeddedPostgres } from '#database';
import { createLog, type LogLevel, MUTABLE_PREFIXES, startServices } from '#service';
import { FileObjectStore } from '#storage';
import { ensureKeys, type KeyFiles } from './keys.js';
import { serviceDatabases } from './service-databases.js';
import { type CentreOptions, serviceSettings, type TimestampOptions } from './service-settings.js';
import { SERVICES } from './services.js';

export interface PlatformOptions extends TimestampOptions, CentreOptions {
  readonly dataDir: string;
  readonly port: number;
  /** How many times faster than real time the platform's clock runs; 1 is real. */
  readonly clockFactor: number;
  readonly logLevel: LogLevel;
  /** Begin anew: whatever an earlier start left is removed first. */
  readonly isFresh: boolean;
}

export interface RunningPlatform {
  readonly address: string;
  readonly keys: KeyFiles;
  stop(): Promise<void>;
}

/** The whole platform in this process: embedded Postgres, files, and the bus in memory. */
export async function startEmbedded(options: PlatformOptions): Promise<RunningPlatform> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const log = createLog('standalone', options.logLevel);
  const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') });
  if (options.isFresh) await clear(dataDir, postgres.adminUrl);
  const keys = await ensureKeys(dataDir, instantFromMs(Date.now()));
  const names = SERVICES.map(({ name }) => name);
  const { adminUrl, urls } = await serviceDatabases(postgres.adminUrl, names, keys);
  await setDemonstrationClock(adminUrl, options.clockFactor);

  const bus = new InProcessBus();
  const store = new FileObjectStore({ root: join(dataDir, 'objects'), mutablePrefixes: MUTABLE_PREFIXES });
  const settings = serviceSettings(keys, options);
  const running = await startServices(
    SERVICES.map((definition) => ({
      definition,
      databaseUrl: urls.get(definition.name)!,
      settings: settings[definition.name],
    })),
    { bus, store, log },
    { port: options.port, host: '127.0.0.1' },
  );
  return {
    address: running.address,
    keys,
    stop: async () => {
      await running.stop();
      await bus.close();
      await postgres.stop();
    },
  };
}

/** The server stays, which saves making a new one; database, objects and keys go. */
async function clear(dataDir: string, adminUrl: string): Promise<void> {
  await dropDatabase(adminUrl);
  for (const folder of ['objects', 'keys']) rmSync(join(dataDir, folder), { recursive: true, force: true });
}
