import { createHash } from 'node:crypto';
import { jcsBytes } from '#kernel';
import { type ServiceDatabase, transact } from '#database';
import type { ServiceDefinition } from './service-definition.js';
import { maskPlaces, maskSettings } from './settings.js';
import { systemCall } from './call.js';
import type { Log } from './log.js';

export interface ProcessOfService {
  readonly definition: Pick<ServiceDefinition, 'name' | 'settings' | 'startFacts'>;
  readonly database: ServiceDatabase;
  /** Of its own, as they were read. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Those that every service has, secrets masked already. */
  readonly shared: Readonly<Record<string, unknown>>;
}

/**
 * Enters that a process of a service starts and with which settings; gives the id of the start. Secrets are in neither
 * the values nor the hash, since a hash of a password can be guessed at.
 */
export async function enterStart({
  definition,
  database,
  settings,
  shared,
}: ProcessOfService): Promise<string> {
  const { name } = definition;
  const facts = definition.startFacts?.(settings as never);
  const known = { ...shared, ...maskSettings(definition.settings, settings), ...facts };
  const masked = JSON.parse(JSON.stringify(known)) as Record<string, unknown>;
  const settingsSha256 = createHash('sha256').update(jcsBytes(masked)).digest('hex');
  const startId = database.newEventId();
  const data = { startId, settingsSha256, settings: maskPlaces(masked) };
  await tell(database, name, 'service-started', data);
  return startId;
}

/** Enters that it stops. It leaves the outbox with the next start at the latest, before that one. */
export async function enterStop(database: ServiceDatabase, startId: string, log: Log): Promise<void> {
  await tell(database, database.service, 'service-stopped', { startId }).catch((error: unknown) =>
    log.warn({ error }, 'the stop could not be entered; it will look like a kill'),
  );
}

const tell = (
  database: ServiceDatabase,
  service: string,
  type: string,
  data: Readonly<Record<string, unknown>>,
): Promise<void> =>
  transact(database, systemCall(type), (tx) =>
    tx.emit({ subject: `evt.${service}.${type}.v1`, tenderId: null, data }),
  );
