import type { z } from 'zod';
import type { ErrorCode } from './errors/index.js';
import type { Actor, Role } from './messages/envelope.js';

export type ServiceName =
  'gateway' | 'tendering' | 'registration' | 'vault' | 'technical-scoring' | 'commercial-scoring' | 'audit';

/** Who may call: anyone, any signed-in person, people holding one of the roles, or other services only. */
export type Access = 'public' | 'signed-in' | 'internal' | readonly Role[];

/**
 * What a query's answer shows of what is not public, and so what of its reading is entered in the ledger.
 *
 * - `public`: anyone may know it; nothing is entered.
 * - `own`: what those who ask wrote or were given themselves. Of all that one person asks of one thing within ten
 *   minutes the first is entered.
 * - `confidential`: of others, or not to be known yet. Every reading is entered.
 * - `internal`: goes to another service, which answers for what it shows of it.
 */
export type Reads = 'public' | 'own' | 'confidential' | 'internal';

/** One answered query. */
export interface Reading<Req = unknown, Answer = unknown> {
  readonly request: Req;
  readonly answer: Answer;
  readonly actor: Actor | null;
}

/** Where it depends on the thing: a draft is its buyer's own, and public once it is published. */
export type ReadsRule<Req = unknown, Answer = unknown> = (reading: Reading<Req, Answer>) => Reads;

/** Where a request meets HTTP. Path parameters, query and JSON body together form the request's body. */
export interface HttpFace {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: `/api/v1/${string}`;
  /** `object`: the answer names a stored object ({@link storedObject}), which the gateway streams. */
  readonly answer?: 'json' | 'object';
}

/**
 * One request of one service. Controller, client, gateway route, OpenAPI and forms read the same object, so
 * what one accepts the others send. A command changes state and needs an idempotency key; a query does not.
 */
export interface RequestContract<Req extends z.ZodType = z.ZodType, Res extends z.ZodType = z.ZodType> {
  readonly service: ServiceName;
  readonly subject: `req.${string}.v${number}`;
  readonly summary: string;
  readonly kind: 'command' | 'query';
  readonly access: Access;
  /** Of a query: what of its reading is entered. A command's own acts are entered: `public`. */
  readonly reads: Reads | ReadsRule;
  /** Of a command: the acts of which it leaves at least one where it takes effect, by their type without the service. */
  readonly enters: readonly string[];
  readonly http: HttpFace | null;
  readonly request: Req;
  readonly response: Res;
  /** The refusals of its own; those of the transport and of access may always come. */
  readonly errors: readonly ErrorCode[];
}

export type RequestOf<C extends RequestContract> = z.infer<C['request']>;
export type ResponseOf<C extends RequestContract> = z.infer<C['response']>;

interface RequestParts<Req extends z.ZodType, Res extends z.ZodType> {
  readonly summary: string;
  readonly access: Access;
  readonly http?: HttpFace;
  readonly request: Req;
  readonly response: Res;
  readonly errors?: readonly ErrorCode[];
}

interface CommandParts<Req extends z.ZodType, Res extends z.ZodType> extends RequestParts<Req, Res> {
  readonly enters: readonly [string, ...string[]];
}

interface QueryParts<Req extends z.ZodType, Res extends z.ZodType> extends RequestParts<Req, Res> {
  readonly reads: Reads | ReadsRule<z.infer<Req>, z.infer<Res>>;
}

const subjectOf = (service: ServiceName, verbNoun: string) => `req.${service}.${verbNoun}.v1` as const;

export function command<Req extends z.ZodType, Res extends z.ZodType>(
  service: ServiceName,
  verbNoun: string,
  { http, errors = [], ...parts }: CommandParts<Req, Res>,
): RequestContract<Req, Res> {
  const subject = subjectOf(service, verbNoun);
  return { ...parts, kind: 'command', service, subject, http: http ?? null, errors, reads: 'public' };
}

export function query<Req extends z.ZodType, Res extends z.ZodType>(
  service: ServiceName,
  verbNoun: string,
  { http, errors = [], reads, ...parts }: QueryParts<Req, Res>,
): RequestContract<Req, Res> {
  const subject = subjectOf(service, verbNoun);
  const kept = typeof reads === 'function' ? (reads as ReadsRule) : reads;
  return { ...parts, kind: 'query', service, subject, http: http ?? null, errors, reads: kept, enters: [] };
}

/** One event of one service: something that has happened, in the past tense. */
export interface EventContract<Data extends z.ZodType = z.ZodType> {
  readonly service: ServiceName;
  readonly subject: `evt.${string}.v${number}`;
  readonly summary: string;
  /** Part of a tender's public life: shown to anyone as a server-sent event. */
  readonly isPublic: boolean;
  readonly data: Data;
}

export type DataOf<C extends EventContract> = z.infer<C['data']>;

export const event = <Data extends z.ZodType>(
  service: ServiceName,
  nounPast: string,
  parts: { readonly summary: string; readonly isPublic?: boolean; readonly data: Data },
): EventContract<Data> => ({
  service,
  subject: `evt.${service}.${nounPast}.v1`,
  summary: parts.summary,
  isPublic: parts.isPublic ?? false,
  data: parts.data,
});
