import type { z } from 'zod';
import type { ErrorCode } from './errors/index.js';
import type { Role } from './messages/envelope.js';

export type ServiceName =
  'gateway' | 'tendering' | 'registration' | 'vault' | 'technical-scoring' | 'commercial-scoring' | 'audit';

/** Who may call: anyone, any signed-in person, people holding one of the roles, or other services only. */
export type Access = 'public' | 'signed-in' | 'internal' | readonly Role[];

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

function define<Req extends z.ZodType, Res extends z.ZodType>(
  kind: 'command' | 'query',
  service: ServiceName,
  verbNoun: string,
  parts: RequestParts<Req, Res>,
): RequestContract<Req, Res> {
  const { http = null, errors = [], ...rest } = parts;
  return { ...rest, kind, service, subject: `req.${service}.${verbNoun}.v1`, http, errors };
}

export const command = <Req extends z.ZodType, Res extends z.ZodType>(
  service: ServiceName,
  verbNoun: string,
  parts: RequestParts<Req, Res>,
): RequestContract<Req, Res> => define('command', service, verbNoun, parts);

export const query = <Req extends z.ZodType, Res extends z.ZodType>(
  service: ServiceName,
  verbNoun: string,
  parts: RequestParts<Req, Res>,
): RequestContract<Req, Res> => define('query', service, verbNoun, parts);

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
