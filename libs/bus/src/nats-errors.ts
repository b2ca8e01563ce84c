import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';

/** An error and what caused it, the outermost first; the client wraps what it met once or twice. */
function* chain(error: unknown): Generator<Error> {
  for (let at = error; at instanceof Error; at = at.cause) yield at;
}

const has = (error: unknown, test: (one: Error) => boolean): boolean => [...chain(error)].some(test);

export const isTimeout = (error: unknown): boolean => has(error, (one) => one instanceof errors.TimeoutError);

export const isNoResponder = (error: unknown): boolean =>
  has(error, (one) => one instanceof errors.NoRespondersError);

export const isClosedError = (error: unknown): boolean =>
  has(
    error,
    (one) => one instanceof errors.ClosedConnectionError || one instanceof errors.DrainingConnectionError,
  );

/** The stream is not there: told by the broker, or seen from nobody answering for the subject of an event. */
export const isStreamMissing = (error: unknown): boolean =>
  isNoResponder(error) ||
  has(error, (one) => one instanceof JetStreamApiError && one.code === JetStreamApiCodes.StreamNotFound);

/** One line for a person. */
export function reasonOf(error: unknown): string {
  const parts = [...chain(error)].map((one) =>
    one instanceof JetStreamApiError ? `${one.message} (${one.code})` : one.message || one.name,
  );
  return [...new Set(parts)].join(': ') || 'unknown reason';
}
