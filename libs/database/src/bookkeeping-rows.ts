import { createHash } from 'node:crypto';
import { DomainError, type Instant, jcs, type Uuid } from '#kernel';
import type { DatabaseErrorCode } from '#contracts';
import type { NewEvent, Query, TransactionCall } from './transact.js';

/** An answer that was given before under the same key. */
export interface KnownAnswer {
  readonly response: unknown;
}

const actorKey = (call: TransactionCall): string => call.actorId ?? 'anonymous';
const requestDigest = ({ body }: TransactionCall): string =>
  createHash('sha256')
    .update(jcs(body ?? null))
    .digest('hex');

/** One text for actor and key: calls of the same text are the same act. */
export const keyOf = (call: TransactionCall): string => `${actorKey(call)} ${call.idempotencyKey}`;

const lockOf = (call: TransactionCall): bigint =>
  createHash('sha256').update(keyOf(call)).digest().readBigInt64BE(0);

/** Several rows of parameters as `($1, $2), ($3, $4)`. */
export const rowsOf = (count: number, columns: number): string =>
  Array.from(
    { length: count },
    (_, row) => `(${Array.from({ length: columns }, (_unused, at) => `$${row * columns + at + 1}`).join()})`,
  ).join();

/**
 * Waits until no other transaction decides on one of the calls, in an order that is the same for all, then gives the
 * answers that are known, by {@link keyOf}. Every call has a key. A key that was used for another request is answered
 * with the error.
 */
export async function findAnswers(
  query: Query,
  calls: readonly TransactionCall[],
): Promise<Map<string, KnownAnswer | DomainError>> {
  const known = new Map<string, KnownAnswer | DomainError>();
  if (calls.length === 0) return known;
  const locks = [...new Set(calls.map(lockOf))].sort((a, b) => (a < b ? -1 : 1)).map(String);
  await query('SELECT count(pg_advisory_xact_lock(lock)) FROM unnest($1::bigint[]) AS lock', [locks]);
  const rows = await query<
    { actor_id: string; key: string; subject: string; request_sha256: string } & KnownAnswer
  >(
    `SELECT actor_id, key, subject, request_sha256, response FROM idempotency
     WHERE (actor_id, key) IN (VALUES ${rowsOf(calls.length, 2)})`,
    calls.flatMap((call) => [actorKey(call), call.idempotencyKey]),
  );
  const found = new Map(rows.map((row) => [`${row.actor_id} ${row.key}`, row]));
  for (const call of calls) {
    const row = found.get(keyOf(call));
    if (row) known.set(keyOf(call), isSameRequest(row, call) ? { response: row.response } : keyReused());
  }
  return known;
}

const isSameRequest = (
  { subject, request_sha256 }: { readonly subject: string; readonly request_sha256: string },
  call: TransactionCall,
): boolean => subject === call.subject && request_sha256 === requestDigest(call);

export const isSameCall = (one: TransactionCall, other: TransactionCall): boolean =>
  one.subject === other.subject && requestDigest(one) === requestDigest(other);

export const keyReused = (): DomainError<DatabaseErrorCode> =>
  new DomainError<DatabaseErrorCode>(
    'idempotency.key-reused',
    'This Idempotency-Key was used for another request; take a new one.',
  );

/** Keeps the answers of calls that have a key. */
export async function keepAnswers(
  query: Query,
  now: Instant,
  answers: readonly { readonly call: TransactionCall; readonly answer: unknown }[],
): Promise<void> {
  const keyed = answers.filter(({ call }) => call.idempotencyKey !== null);
  if (keyed.length === 0) return;
  await query(
    `INSERT INTO idempotency (actor_id, key, subject, request_sha256, response, at) VALUES ${rowsOf(keyed.length, 6)}`,
    keyed.flatMap(({ call, answer }) => [
      actorKey(call),
      call.idempotencyKey,
      call.subject,
      requestDigest(call),
      JSON.stringify(answer ?? null),
      now,
    ]),
  );
}

/** What is to be told, on whose behalf. */
export interface EventOfCall {
  readonly call: TransactionCall;
  readonly event: NewEvent;
}

export async function insertEvents(
  query: Query,
  newId: () => Uuid,
  now: Instant,
  events: readonly EventOfCall[],
): Promise<void> {
  if (events.length === 0) return;
  await query(
    `INSERT INTO outbox (event_id, subject, occurred_at, actor_id, tender_id, correlation_id, causation_id, data)
     VALUES ${rowsOf(events.length, 8)}`,
    events.flatMap(({ call, event }) => {
      const id = newId();
      return [
        id,
        event.subject,
        now,
        event.actorId === undefined ? call.actorId : event.actorId,
        event.tenderId,
        event.actorId === null ? id : call.correlationId,
        causeOf(call, event),
        JSON.stringify(event.data),
      ];
    }),
  );
}

function causeOf(call: TransactionCall, event: NewEvent): string | null {
  if (event.causationId !== undefined) return event.causationId;
  return event.actorId === null ? null : (call.causationId ?? null);
}
