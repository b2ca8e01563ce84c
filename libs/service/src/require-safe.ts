import { checkPostgres, readClock, type ServiceDatabase } from '#database';
import type { ObjectStore } from '#storage';
import type { Log } from './log.js';

/** An engine that may lose what it acknowledged, or a clock that does not tell the time. */
export interface Unsafe {
  readonly what: string;
  readonly why: string;
}

/** What is unsafe about the engines under a service. */
export async function findUnsafe(
  database: ServiceDatabase,
  url: string,
  store: ObjectStore,
): Promise<Unsafe[]> {
  const settings = await checkPostgres(url);
  const { factor } = await readClock((sql) => database.dataSource.query(sql));
  return [
    ...settings
      .filter(({ ok }) => !ok)
      .map(({ check }) => ({ what: check, why: 'a power cut may lose what was acknowledged' })),
    ...(factor === 1
      ? []
      : [{ what: 'demonstration clock', why: `time runs ${factor} times as fast as it does` }]),
    ...(store.guarantees.worm ? [] : [{ what: 'object store', why: store.guarantees.description }]),
  ];
}

/** In production what is unsafe stops the start; elsewhere it is said and gone on with. */
export function requireSafe(found: readonly Unsafe[], isProduction: boolean, log: Log): void {
  for (const { what, why } of found) log.warn({ what, why }, 'unsafe');
  if (isProduction && found.length > 0) {
    const list = found.map(({ what, why }) => `${what}: ${why}`).join('; ');
    throw new Error(`production mode refuses to start: ${list}`);
  }
}
