import { z } from 'zod';
import { COMMON_ERRORS, ERRORS, type ErrorCode, errorEntry, type RequestContract } from '#contracts';

type Schema = Record<string, unknown> & { properties?: Record<string, unknown>; required?: string[] };

/** The API's own description, made from the same contracts that requests are checked with (OpenAPI 3.1). */
export function openApiDocument(contracts: readonly RequestContract[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const contract of contracts) {
    if (!contract.http) continue;
    const path = contract.http.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [contract.http.method.toLowerCase()]: operation(contract) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sunseal',
      version: '1',
      description: 'Public-resource trading that nobody has to trust.',
    },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-sunseal' } },
      schemas: { Problem: PROBLEM },
    },
  };
}

function operation(contract: RequestContract): Record<string, unknown> {
  const { access, http, kind, subject, summary } = contract;
  const input = z.toJSONSchema(contract.request, { io: 'input', unrepresentable: 'any' }) as Schema;
  const inPath = new Set([...http!.path.matchAll(/:(\w+)/g)].map(([, name]) => name!));
  const isQuery = http!.method === 'GET';
  const names = Object.keys(input.properties ?? {});
  const rest = names.filter((name) => !inPath.has(name));
  const parameter = (name: string, place: 'path' | 'query') => ({
    name,
    in: place,
    required: place === 'path' || (input.required ?? []).includes(name),
    schema: input.properties?.[name],
  });
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    schema: { type: 'string', minLength: 8, maxLength: 100 },
  };
  const body = {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(rest.map((name) => [name, input.properties?.[name]])),
    required: (input.required ?? []).filter((name) => !inPath.has(name)),
  };
  return {
    operationId: subject.split('.').slice(1, 3).join('.'),
    summary,
    'x-roles': access,
    ...(access === 'public' ? {} : { security: [{ session: [] }] }),
    parameters: [
      ...names.filter((name) => inPath.has(name)).map((name) => parameter(name, 'path')),
      ...(isQuery ? rest.map((name) => parameter(name, 'query')) : []),
      ...(kind === 'command' ? [key] : []),
    ],
    ...(isQuery
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: { 200: success(contract), ...problems([...COMMON_ERRORS, ...contract.errors]) },
  };
}

function success({ http, response }: RequestContract): Record<string, unknown> {
  if (http!.answer === 'object') return { description: 'The file', content: { '*/*': {} } };
  const schema = z.toJSONSchema(response, { io: 'output', unrepresentable: 'any' });
  return { description: 'Done', content: { 'application/json': { schema } } };
}

function problems(codes: readonly ErrorCode[]): Record<string, unknown> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = errorEntry(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((code) => `${code}: ${ERRORS[code].title}`).join('; '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'retry', 'correlationId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(ERRORS) },
    detail: { type: 'string' },
    retry: { type: 'boolean' },
    correlationId: { type: 'string' },
    details: { type: 'object' },
  },
};
