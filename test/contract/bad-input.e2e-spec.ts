import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  type Access,
  errorEntry,
  type ErrorCode,
  type HttpFace,
  REQUESTS,
  type RequestContract,
  type Role,
} from '#contracts';
import { gatherCast } from '../../apps/cli/src/demo/cast.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

type Json = Record<string, unknown>;

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly maxLength?: number;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly anyOf?: readonly JsonSchema[];
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Json;
}

const faces = REQUESTS.filter(
  (contract): contract is RequestContract & { http: HttpFace } => contract.http !== null,
);
const nameOf = ({ http }: { http: HttpFace }): string => `${http.method} ${http.path}`;
const schemaOf = ({ request }: RequestContract): JsonSchema =>
  z.toJSONSchema(request, { io: 'input', unrepresentable: 'any' }) as JsonSchema;

/** Texts that fit the patterns which contracts use, tried in turn. */
const SAMPLES = [
  'x',
  '0198a000-0000-7000-8000-0000000000aa',
  '2027-01-01T00:00:00.000Z',
  'a'.repeat(64),
  '630100',
  'AB12',
  '1',
  'abc',
  'aa.bb.cc',
  '-----BEGIN CERTIFICATE REQUEST-----',
];

/** The smallest value that fits a schema. */
function sample(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sample(schema.anyOf[0]!);
  if (schema.type === 'object') {
    return Object.fromEntries(
      (schema.required ?? []).map((name) => [name, sample(schema.properties![name]!)]),
    );
  }
  if (schema.type === 'array')
    return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}));
  if (schema.type === 'integer' || schema.type === 'number')
    return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
  if (schema.type === 'boolean') return true;
  return SAMPLES.find((text) => !schema.pattern || new RegExp(schema.pattern).test(text)) ?? 'x';
}

const pathNames = ({ http }: { http: HttpFace }): string[] =>
  [...http.path.matchAll(/:(\w+)/g)].map(([, name]) => name!);

describe('bad input on every route', () => {
  let platform: TestPlatform;
  const cookies = new Map<Role, string>();

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator } = platform.current();
    const cast = await gatherCast(
      { address, administrator, now: new Date().toISOString(), patienceMs: 10_000 },
      '-baad',
    );
    const accounts = [
      cast.buyer,
      cast.registrar,
      cast.supervisor,
      cast.trustees[0]!,
      cast.experts[0]!,
      cast.bidders[0]!,
    ];
    for (const { account } of accounts)
      cookies.set(account.role, await signIn(account.login, account.password));
    cookies.set('administrator', await signIn(administrator.login, administrator.password));
  }, 120_000);

  afterAll(() => platform?.close());

  async function signIn(login: string, password: string): Promise<string> {
    const response = await fetch(`${platform.current().address}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
    return response.headers.getSetCookie()[0]!.split(';')[0]!;
  }

  const cookieFor = (access: Access): string | undefined =>
    access === 'public' || access === 'internal'
      ? undefined
      : cookies.get(access === 'signed-in' ? 'buyer' : access[0]!);

  async function send(
    contract: RequestContract & { http: HttpFace },
    body: unknown,
    {
      cookie = cookieFor(contract.access),
      key = randomUUID() as string | null,
      raw = undefined as string | undefined,
    } = {},
  ): Promise<Answer> {
    const values = { ...(typeof body === 'object' && body !== null ? (body as Json) : {}) };
    const path = contract.http.path.replace(/:(\w+)/g, (_, name: string) => {
      const value = String(values[name] ?? 'missing');
      delete values[name];
      return encodeURIComponent(value);
    });
    const isGet = contract.http.method === 'GET';
    const query = isGet
      ? `?${new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)]))}`
      : '';
    const response = await fetch(platform.current().address + path + query, {
      method: contract.http.method,
      headers: {
        'content-type': 'application/json',
        ...(cookie ? { cookie } : {}),
        ...(contract.kind === 'command' && key !== null ? { 'idempotency-key': key } : {}),
      },
      ...(isGet ? {} : { body: raw ?? JSON.stringify(Array.isArray(body) ? body : values) }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type, body: type.includes('json') ? (JSON.parse(text) as Json) : {} };
  }

  function expectRefusal(answer: Answer, ...codes: readonly string[]): void {
    expect(codes).toContain(answer.body['code']);
    expect(answer.type).toContain('application/problem+json');
    expect(answer.status).toBe(errorEntry(answer.body['code'] as ErrorCode).status);
    expect(answer.body['detail']).toEqual(expect.any(String));
    expect(answer.body['correlationId']).toEqual(expect.any(String));
  }

  /** What every service keeps, but for what a refusal itself may leave: sessions, entries, and their bookkeeping. */
  async function state(): Promise<string> {
    const tables = await platform.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname IN ('tendering', 'registration', 'vault', 'technical_scoring', 'commercial_scoring')
         AND tablename NOT IN ('inbox', 'outbox', 'outbox_head', 'sealed_act', 'migrations')`,
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const [row] = await platform.query<{ digest: string }>(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS digest FROM ${name} AS t`,
      );
      parts.push(`${name} ${row!.digest}`);
    }
    return parts.sort().join('\n');
  }

  it('covers every route that the contracts declare', () => {
    expect(faces.length).toBeGreaterThan(30);
  });

  describe.each(faces.map((contract) => [nameOf(contract), contract] as const))('%s', (_name, contract) => {
    const schema = schemaOf(contract);
    const good = sample(schema) as Json;
    const inPath = pathNames(contract);
    const inBody = Object.keys(schema.properties ?? {}).filter((name) => !inPath.includes(name));

    it('refuses what does not fit its schema and changes nothing', async () => {
      const before = await state();
      expectRefusal(await send(contract, { ...good, unknownKey: 'x' }), 'request.malformed');
      for (const name of inPath) {
        if (
          name === 'alias' ||
          name === 'envelopeId' ||
          name.endsWith('Id') ||
          name.toLowerCase().includes('sha256')
        ) {
          expectRefusal(await send(contract, { ...good, [name]: 'not!what-it-is' }), 'request.malformed');
        }
      }
      for (const name of (schema.required ?? []).filter((required) => inBody.includes(required))) {
        const { [name]: _left, ...rest } = good;
        expectRefusal(await send(contract, rest), 'request.malformed');
      }
      if (contract.http.method !== 'GET') {
        for (const name of inBody) {
          const wrong = schema.properties![name]!.type === 'string' ? 7 : 'text';
          expectRefusal(await send(contract, { ...good, [name]: wrong }), 'request.malformed');
        }
        expectRefusal(await send(contract, good, { raw: '{"broken": ' }), 'request.malformed');
        expectRefusal(await send(contract, good, { raw: '["a", "list"]' }), 'request.malformed');
        expectRefusal(
          await send(contract, good, { raw: `{"unknownKey": "${'x'.repeat(1024 * 1024)}"}` }),
          'request.too-large',
        );
      }
      expect(await state()).toBe(before);
    });

    it('refuses who may not', async () => {
      const { access } = contract;
      if (access === 'public') return;
      expectRefusal(await send(contract, good, { cookie: '__Host-sunseal=none' }), 'session.missing');
      if (access === 'signed-in') return;
      const others = [...cookies.keys()].filter((role) => !(access as readonly Role[]).includes(role));
      for (const role of others)
        expectRefusal(await send(contract, good, { cookie: cookies.get(role)! }), 'access.denied');
    });

    it('needs an idempotency key for an act', async () => {
      if (contract.kind !== 'command') return;
      expectRefusal(await send(contract, good, { key: null }), 'request.idempotency-key-missing');
      expectRefusal(await send(contract, good, { key: 'short' }), 'request.malformed');
    });

    it('refuses another’s or an unknown id with a code that it declares, and changes nothing', async () => {
      if (inPath.length === 0) return;
      const before = await state();
      const answer = await send(contract, good);
      if (answer.status === 200) return;
      expectRefusal(answer, ...contract.errors, 'access.denied');
      expect(await state()).toBe(before);
    });
  });
});
