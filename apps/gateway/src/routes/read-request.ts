import type { FastifyRequest } from 'fastify';
import { DomainError } from '#kernel';
import { requireKeepable } from './require-keepable.js';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Path parameters, query and JSON body as one object, which the service holds against the contract. A name that
 * stands in two places is refused: which of the two was checked must never be a question.
 */
export function readRequest(request: FastifyRequest): Record<string, unknown> {
  const body = request.body ?? {};
  if (!isRecord(body)) throw new DomainError('request.malformed', 'The body is a JSON object.');
  const sources = [request.params, request.query, body].filter(isRecord);
  const merged = Object.assign({}, ...sources) as Record<string, unknown>;
  if (Object.keys(merged).length !== sources.reduce((sum, source) => sum + Object.keys(source).length, 0)) {
    throw new DomainError('request.malformed', 'A name stands in the path and in the body or query.');
  }
  requireKeepable(merged);
  return merged;
}

/** The client's key for one act; the same key has one effect. */
export function readIdempotencyKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\w-]{8,100}$/.test(key)) {
    throw new DomainError('request.malformed', 'An Idempotency-Key has 8 to 100 letters, digits, _ or -.');
  }
  return key;
}
