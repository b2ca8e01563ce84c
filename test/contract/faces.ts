import { z } from 'zod';
import { type HttpFace, REQUESTS, type RequestContract } from '#contracts';

export type Json = Record<string, unknown>;

/** A request that people can send. */
export type Face = RequestContract & { readonly http: HttpFace };

/** Every request with an address: what the suites of this folder are generated from. */
export const FACES: readonly Face[] = REQUESTS.filter((contract): contract is Face => contract.http !== null);

export const nameOf = ({ http }: Face): string => `${http.method} ${http.path}`;

/** The part of JSON Schema that contracts use. */
export interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly anyOf?: readonly JsonSchema[];
}

export const jsonSchemaOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;

export const schemaOf = ({ request }: Face): JsonSchema => jsonSchemaOf(request);

/** Names that stand in the path of a request, in order. */
export const pathNames = ({ http }: Face): string[] =>
  [...http.path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
