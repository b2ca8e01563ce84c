import 'reflect-metadata';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Bus, OutboxRelay } from '#bus';
import { createServiceDataSource, ServiceDatabase } from '#database';
import type { ObjectStore } from '#storage';
import { BusTransport } from './bus-transport.js';
import { healthModule } from './health.controller.js';
import { ownActsModule } from './own-acts/own-acts.controller.js';
import type { Log } from './log.js';
import { enterStart, enterStop } from './process-acts.js';
import { RequestEntries } from './request-entries.js';
import { Requests } from './requests.js';
import type { ServiceDefinition, ServiceRuntime } from './service-definition.js';
import { findUnsafe, requireSafe } from './require-safe.js';
import { sqlSource } from './sql-source.js';

export interface Infrastructure {
  readonly bus: Bus;
  readonly store: ObjectStore;
  readonly log: Log;
  /** Refuse to start on what is unsafe, instead of saying so. */
  readonly isProduction?: boolean;
  /** Settings that all services of the process have, secrets masked: they are entered with each start. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A definition with what only this deployment knows: its database and its settings. */
export interface ServicePlacement {
  readonly definition: ServiceDefinition;
  readonly databaseUrl: string;
  readonly settings: unknown;
}

export interface RunningServices {
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  /** Resolves when every event that was emitted so far has left the outboxes. */
  drained(): Promise<void>;
  /** Lets running requests finish, then closes transports, relays and databases; the infrastructure stays. */
  stop(): Promise<void>;
}

@Module({})
class PlatformModule {}

/**
 * Runs services in this process on the given infrastructure: one for a service process, all of them for the
 * standalone platform. Databases are migrated first; requests are answered once the promise resolves.
 */
export async function startServices(
  placements: readonly ServicePlacement[],
  infrastructure: Infrastructure,
  listenOn: { readonly port: number; readonly host: string },
): Promise<RunningServices> {
  const { bus, store, log, isProduction = false, settings: shared = {} } = infrastructure;
  const requests = new Requests(bus);
  const runtimes = await Promise.all(
    placements.map((placement) => createRuntime(placement, { bus, store, log, requests })),
  );
  const unsafe = await findUnsafe(runtimes[0]!.database, placements[0]!.databaseUrl, store);
  requireSafe(unsafe, isProduction, log);
  const relays = runtimes.map((runtime) => createRelay(runtime));
  const starts = await Promise.all(
    runtimes.map(({ database, settings }, i) =>
      enterStart({
        definition: placements[i]!.definition,
        database,
        settings: settings as Record<string, unknown>,
        shared,
      }),
    ),
  );
  const entries = new Map(
    runtimes.map(({ name, database }) => [name, new RequestEntries(database, name)] as const),
  );

  const root: DynamicModule = {
    module: PlatformModule,
    imports: [
      healthModule(runtimes),
      ...runtimes.map(({ name, database }) => ownActsModule(name, database)),
      ...placements.map(({ definition }, i) => definition.module(runtimes[i] as ServiceRuntime<never>)),
    ],
  };
  const adapter = new FastifyAdapter({ bodyLimit: 1024 * 1024, forceCloseConnections: 'idle' });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: ['error', 'fatal'],
    abortOnError: false,
    bodyParser: true,
  });
  for (const [i, { definition }] of placements.entries()) {
    await definition.prepareHttp?.(adapter.getInstance() as never, runtimes[i]!.settings as never);
  }
  app.connectMicroservice({ strategy: new BusTransport(bus, log, entries) }, { inheritAppConfig: false });

  await app.startAllMicroservices();
  await Promise.all(relays.map((relay) => relay.start()));
  await app.listen(listenOn.port, listenOn.host);

  return {
    address: (await app.getUrl()).replace('[::1]', '127.0.0.1'),
    drained: async () => {
      for (const relay of relays) await relay.drained();
    },
    stop: async () => {
      await app.close();
      await Promise.all(runtimes.map(({ database }, i) => enterStop(database, starts[i]!, log)));
      await Promise.all(relays.map((relay) => relay.stop()));
      await Promise.all(runtimes.map(({ database }) => database.dataSource.destroy()));
    },
  };
}

async function createRuntime(
  { definition, databaseUrl, settings }: ServicePlacement,
  shared: Omit<ServiceRuntime, 'name' | 'settings' | 'database'>,
): Promise<ServiceRuntime> {
  const dataSource = await createServiceDataSource({
    url: databaseUrl,
    service: definition.name,
    entities: [...definition.entities],
    migrations: [...definition.migrations],
  });
  const database = new ServiceDatabase({ dataSource, service: definition.name });
  const log = shared.log.child({ service: definition.name });
  const parsed = definition.settings.parse(settings);
  const facts = definition.startFacts?.(parsed as never);
  if (facts) log.info(facts, 'starts');
  return { ...shared, log, name: definition.name, database, settings: parsed };
}

function createRelay({ database, bus, name, log }: ServiceRuntime): OutboxRelay {
  const relay = new OutboxRelay({
    sql: sqlSource(database),
    producer: name,
    bus,
    onError: (error) => log.warn({ error }, 'event could not leave yet; it stays in the outbox'),
  });
  database.onCommitted(() => relay.poke());
  return relay;
}
