import type { DynamicModule } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Bus } from '#bus';
import type { ServiceName } from '#contracts';
import type { ServiceDatabase } from '#database';
import type { ObjectStore } from '#storage';
import type { Log } from './log.js';
import type { Requests } from './requests.js';

/** What a service is given to work with; the same in one process and in many. */
export interface ServiceRuntime<Settings = unknown> {
  readonly name: ServiceName;
  readonly settings: Settings;
  readonly database: ServiceDatabase;
  readonly bus: Bus;
  readonly store: ObjectStore;
  readonly requests: Requests;
  readonly log: Log;
}

/** A class that TypeORM takes as an entity or a migration. */
export type PersistentClass = new () => object;

/** What an app exports: everything that is needed to run it, alone or beside others. Nothing happens on import. */
export interface ServiceDefinition<Settings extends z.ZodObject = z.ZodObject> {
  readonly name: ServiceName;
  /** Settings of its own, each with description and default; secrets carry `.meta({ secret: true })`. */
  readonly settings: Settings;
  readonly entities: readonly PersistentClass[];
  readonly migrations: readonly PersistentClass[];
  /** What a start is told with beside its settings, such as what it serves; none of it secret. */
  startFacts?(settings: z.infer<Settings>): Readonly<Record<string, string | null>>;
  module(runtime: ServiceRuntime<z.infer<Settings>>): DynamicModule;
  /** Plugins and body parsers that its HTTP routes need. */
  prepareHttp?(fastify: FastifyInstance, settings: z.infer<Settings>): Promise<void>;
}
