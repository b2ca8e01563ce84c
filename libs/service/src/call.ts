import { randomUUID } from 'node:crypto';
import type { Actor } from '#contracts';

/** Everything around the body of one request that a use case may need. */
export interface Call {
  readonly actor: Actor | null;
  readonly actorId: string | null;
  readonly correlationId: string;
  readonly subject: string;
  readonly idempotencyKey: string | null;
  readonly body: unknown;
}

/** For work that no person asked for: a clock that closes a phase, a start. */
export function systemCall(subject: string, correlationId: string = randomUUID()): Call {
  return { actor: null, actorId: null, correlationId, subject, idempotencyKey: null, body: null };
}
