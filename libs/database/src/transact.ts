import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { DomainError, type Instant } from '#kernel';
import type { EventEnvelope } from '#contracts';
import { type EventOfCall, findAnswers, insertEvents, keepAnswers, keyOf } from './bookkeeping-rows.js';
import { databaseRefusal, isOfDatabase, mayTryAgain } from './database-failure.js';
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
export function transact<T>(
  database: ServiceDatabase,
  call: TransactionCall,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return withRetries(work, (watched) => attemptOnce(database, call, watched));
}

/** Runs a transaction again where Postgres asks for it, and tells what the database cannot do from what work refuses. */
export async function withRetries<A, T, R>(
  work: (argument: A) => Promise<T>,
  runOnce: (work: (argument: A) => Promise<T>) => Promise<R>,
): Promise<R> {
  for (let attempt = 1; ; attempt++) {
    let ofWork: unknown;
    const watched = (argument: A): Promise<T> =>
      work(argument).catch((error: unknown) => {
        ofWork = error;
        throw error;
      });
    try {
      return await runOnce(watched);
    } catch (error) {
      // What another engine told `work` says nothing about the database.
      if (error === ofWork && !isOfDatabase(error)) throw error;
      if (mayTryAgain(error) && attempt < ATTEMPTS_MAX) await sleep(5 * attempt);
      else throw databaseRefusal(error) ?? error;
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
  return inTransaction(database, async ({ manager, query, clock, emitAll }) => {
    if (call.idempotencyKey !== null) {
      const known = (await findAnswers(query, [call])).get(keyOf(call));
      if (known instanceof DomainError) throw known;
      if (known) return known.response as T;
    }
    const now = await clock();
    const emit = (event: NewEvent): Promise<void> => emitAll(now, [{ call, event }]);
    const answer = await work({ manager, now, clock, query, emit });
    await keepAnswers(query, now, [{ call, answer }]);
    return answer;
  });
}

/** One transaction of the database with what every kind of them needs; tells the relay once it has committed. */
export async function inTransaction<T>(
  database: ServiceDatabase,
  work: (raw: RawTransaction) => Promise<T>,
): Promise<T> {
  let emitted = 0;
  const result = await database.dataSource.transaction(async (manager) => {
    const query: Query = async <R>(sql: string, params: readonly unknown[] = []) =>
      asRows<R>(await manager.query(sql, [...params]));
    const clock = async () =>
      (await query<{ now: Instant }>(`SELECT ${instantSql('platform.now()')} AS now`))[0]!.now;
    const emitAll = async (now: Instant, events: readonly EventOfCall[]): Promise<void> => {
      emitted += events.length;
      await insertEvents(query, () => database.newEventId(), now, events);
    };
    return work({ manager, query, clock, emitAll });
  });
  if (emitted > 0) database.announceCommit();
  return result;
}

export type Query = Tx['query'];

export interface RawTransaction {
  readonly manager: EntityManager;
  readonly query: Query;
  clock(): Promise<Instant>;
  emitAll(now: Instant, events: readonly EventOfCall[]): Promise<void>;
}

/** Rows of a raw statement: TypeORM answers one that writes with [rows, count]. */
export function asRows<R>(result: unknown): R[] {
  if (!Array.isArray(result)) return [];
  const isCounted = result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number';
  return (isCounted ? result[0] : result) as R[];
}
