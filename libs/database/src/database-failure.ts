import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { DomainError } from '#kernel';
import type { DatabaseErrorCode } from '#contracts';

/** serialization_failure, deadlock_detected: Postgres asks to try the whole transaction again. */
const TRY_AGAIN = new Set(['40001', '40P01']);
/** Classes of SQLSTATE: connection, insufficient resources (also a full disk), server going or coming, its system. */
const UNAVAILABLE = /^(?:08|53|57P0|58)/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH']);
/** What pg says, without any code, of a connection that was lost or did not come about. */
const LOST = /Connection terminated|not queryable|timeout exceeded when trying to connect/;

/** True for an error that Postgres, or the way to it, gave to a statement. */
export const isOfDatabase = (error: unknown): boolean =>
  error instanceof QueryFailedError || error instanceof QueryRunnerAlreadyReleasedError;

/** True where the same transaction may succeed at once when it is run again. */
export const mayTryAgain = (error: unknown): boolean =>
  error instanceof QueryFailedError && TRY_AGAIN.has(stateOf(error));

/** True where the database cannot be reached or cannot take anything now; trying later may help. */
export function isUnavailable(error: unknown): boolean {
  // TypeORM gives a runner back as soon as its connection is lost; the next statement finds it gone.
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  const state = stateOf(error);
  if (UNAVAILABLE.test(state) || NETWORK.has(state)) return true;
  return state === '' && error instanceof Error && LOST.test(error.message);
}

/** The refusal `database.unavailable` where {@link isUnavailable} holds, also of a read outside of any transaction. */
export function databaseRefusal(error: unknown): DomainError<DatabaseErrorCode> | undefined {
  if (!isUnavailable(error)) return undefined;
  return new DomainError('database.unavailable', 'The database cannot be reached; try again.');
}

function stateOf(error: unknown): string {
  const { code, driverError } = (error ?? {}) as { code?: unknown; driverError?: { code?: unknown } };
  const state = driverError?.code ?? code;
  return typeof state === 'string' ? state : '';
}
