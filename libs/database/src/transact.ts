import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { DomainError, type Instant, jcs } from '#kernel';
import type { DatabaseErrorCode, EventEnvelope } from '#contracts';
import { isOfDatabase, isUnavailable, mayTryAgain } from './database-failure.js';
import { instantSql } from './platform-clock.js';
import type { ServiceDatabase } from './service-database.js';

export interface NewEvent {
  readonly subject: string;
  readonly tenderId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  /** The caller's, unless given; null for acts whose actor must not show. */
  readonly actorId?: string | null;
  /** The event that led to this one. The caller's, unless given; nobody's where the actor must not show. */
  readonly causationId?: string | null;
}

export interface Tx {
  readonly manager: EntityManager;
  /** The platform's clock at the start of the transaction. */
  readonly now: Instant;
  /** The platform's clock at this moment, for decisions after a lock was waited for. */
  clock(): Promise<Instant>;
  query<T>(sql: string, params?: readonly unknown[]): Promise<T[]>;
  /** Puts an event into the outbox: it is told if, and only if, the transaction commits. */
  emit(event: NewEvent): Promise<void>;
}

export interface TransactionCall {
  readonly actorId: string | null;
  readonly correlationId: string;
  readonly subject: string;
  readonly idempotencyKey: string | null;
  readonly body: unknown;
  /** The event that is being taken, if one is. */
  readonly causationId?: string | null;
}

const ATTEMPTS_MAX = 5;

/**
 * Runs `work` in one transaction: its state, its events and, with an idempotency key, its answer become visible
 * together or not at all. The same key with the same request gives the first answer again without running `work`,
 * also when both arrive at once; with another request it throws `idempotency.key-reused`. Throws
 * `database.unavailable` when Postgres cannot be reached or has no room: then it is unknown only of a commit under way
 * whether it took place, and the same key tells.
 */
export async function transact<T>(
  database: ServiceDatabase,
  call: TransactionCall,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    let ofWork: unknown;
    const watched = (tx: Tx): Promise<T> =>
      work(tx).catch((error: unknown) => {
        ofWork = error;
        throw error;
      });
    try {
      return await attemptOnce(database, call, watched);
    } catch (error) {
      // What another engine told `work` says nothing about the database.
      if (error === ofWork && !isOfDatabase(error)) throw error;
      if (mayTryAgain(error) && attempt < ATTEMPTS_MAX) {
        await sleep(5 * attempt);
      } else if (isUnavailable(error)) {
        throw new DomainError<DatabaseErrorCode>(
          'database.unavailable',
          'The database cannot be reached; try again.',
        );
      } else {
        throw error;
      }
    }
  }
}

/** Takes an event once for a consumer: a second delivery runs nothing and returns false. */
export async function takeOnce(
  database: ServiceDatabase,
  consumer: string,
  event: Pick<EventEnvelope, 'id' | 'subject' | 'correlationId'>,
  work: (tx: Tx) => Promise<void>,
): Promise<boolean> {
  const call = {
    actorId: null,
    correlationId: event.correlationId,
    subject: event.subject,
    idempotencyKey: null,
    body: null,
    causationId: event.id,
  };
  return transact(database, call, async (tx) => {
    const taken = await tx.query(
      `INSERT INTO inbox (consumer, event_id, taken_at) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING event_id`,
      [consumer, event.id, tx.now],
    );
    if (taken.length === 0) return false;
    await work(tx);
    return true;
  });
}

async function attemptOnce<T>(
  database: ServiceDatabase,
  call: TransactionCall,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  let emitted = 0;
  const result = await database.dataSource.transaction(async (manager) => {
    const query = async <R>(sql: string, params: readonly unknown[] = []) =>
      asRows<R>(await manager.query(sql, [...params]));
    const clock = async () =>
      (await query<{ now: Instant }>(`SELECT ${instantSql('platform.now()')} AS now`))[0]!.now;
    const known =
      call.idempotencyKey === null ? undefined : await findAnswer(query, call, call.idempotencyKey);
    if (known) return known.response as T;
    const now = await clock();
    const emit = async (event: NewEvent): Promise<void> => {
      emitted += 1;
      await insertEvent(query, database.newEventId(), now, call, event);
    };
    const answer = await work({ manager, now, clock, query, emit });
    if (call.idempotencyKey !== null) await keepAnswer(query, now, call, call.idempotencyKey, answer);
    return answer;
  });
  if (emitted > 0) database.announceCommit();
  return result;
}

type Query = Tx['query'];

const actorKey = (call: TransactionCall): string => call.actorId ?? 'anonymous';
const requestDigest = ({ body }: TransactionCall): string =>
  createHash('sha256')
    .update(jcs(body ?? null))
    .digest('hex');

async function findAnswer(
  query: Query,
  call: TransactionCall,
  key: string,
): Promise<{ response: unknown } | undefined> {
  const lock = createHash('sha256')
    .update(`${actorKey(call)} ${key}`)
    .digest()
    .readBigInt64BE(0);
  await query('SELECT pg_advisory_xact_lock($1)', [lock.toString()]);
  const [found] = await query<{ subject: string; request_sha256: string; response: unknown }>(
    'SELECT subject, request_sha256, response FROM idempotency WHERE actor_id = $1 AND key = $2',
    [actorKey(call), key],
  );
  if (found && (found.subject !== call.subject || found.request_sha256 !== requestDigest(call))) {
    throw new DomainError<DatabaseErrorCode>(
      'idempotency.key-reused',
      'This Idempotency-Key was used for another request; take a new one.',
    );
  }
  return found;
}

async function keepAnswer(
  query: Query,
  now: Instant,
  call: TransactionCall,
  key: string,
  answer: unknown,
): Promise<void> {
  await query(
    'INSERT INTO idempotency (actor_id, key, subject, request_sha256, response, at) VALUES ($1, $2, $3, $4, $5, $6)',
    [actorKey(call), key, call.subject, requestDigest(call), JSON.stringify(answer ?? null), now],
  );
}

function causeOf(call: TransactionCall, event: NewEvent): string | null {
  if (event.causationId !== undefined) return event.causationId;
  return event.actorId === null ? null : (call.causationId ?? null);
}

async function insertEvent(
  query: Query,
  id: string,
  now: Instant,
  call: TransactionCall,
  event: NewEvent,
): Promise<void> {
  await query(
    `INSERT INTO outbox (event_id, subject, occurred_at, actor_id, tender_id, correlation_id, causation_id, data)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      event.subject,
      now,
      event.actorId === undefined ? call.actorId : event.actorId,
      event.tenderId,
      event.actorId === null ? id : call.correlationId,
      causeOf(call, event),
      JSON.stringify(event.data),
    ],
  );
}

/** Rows of a raw statement: TypeORM answers one that writes with [rows, count]. */
export function asRows<R>(result: unknown): R[] {
  if (!Array.isArray(result)) return [];
  const isCounted = result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number';
  return (isCounted ? result[0] : result) as R[];
}
