import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { DomainError, fromUtf8, type Instant } from '#kernel';
import * as contracts from '#contracts';
import type { RequestContract, ResponseOf } from '#contracts';
import { nodeSha256 } from '#ledger/node';
import type { PlatformReader, QueryAnswer, QueryInput, QueryName } from '#verify';

export interface ApiClientOptions {
  readonly address: string;
  /** How long to try again while the platform cannot be reached or asks to try again. */
  readonly patienceMs?: number;
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Requests, by the names under which `#contracts` exports them. */
const CONTRACTS: ReadonlyMap<string, unknown> = new Map(Object.entries(contracts));
const PAUSE_MS = 100;
/** The platform is starting or busy: the same request, with the same key, may succeed. */
const TRY_AGAIN_STATUS = new Set([500, 502, 503, 504]);
const TRY_AGAIN_CODE = new Set(['version.conflict']);

/**
 * The public HTTP API for one person. A request that was cut off is sent again with the same idempotency key, so it
 * takes effect once. Refusals are thrown as the DomainError that the platform named.
 */
export class ApiClient implements PlatformReader {
  readonly address: string;
  readonly patienceMs: number;
  readonly sha256 = nodeSha256;
  private cookie: string | undefined;

  constructor({ address, patienceMs = 10_000 }: ApiClientOptions) {
    this.address = address;
    this.patienceMs = patienceMs;
  }

  async signIn(login: string, password: string): Promise<{ readonly personId: string }> {
    const response = await this.send({
      method: 'POST',
      path: '/api/v1/session',
      body: JSON.stringify({ login, password }),
      headers: { 'content-type': 'application/json' },
    });
    this.cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    const { actor } = (await response.json()) as { actor: { personId: string } };
    return actor;
  }

  /** Sends a request of a contract; names in its path are taken from the body. */
  async call<C extends RequestContract>(contract: C, body: z.input<C['request']>): Promise<ResponseOf<C>> {
    const response = await this.send(this.toHttp(contract, body as Record<string, unknown>));
    return (await response.json()) as ResponseOf<C>;
  }

  /** As {@link ApiClient.call} for contracts that answer with a file. */
  async download<C extends RequestContract>(contract: C, body: z.input<C['request']>): Promise<Uint8Array> {
    const response = await this.send(this.toHttp(contract, body as Record<string, unknown>));
    return new Uint8Array(await response.arrayBuffer());
  }

  query<Name extends QueryName>(name: Name, input: QueryInput<Name>): Promise<QueryAnswer<Name>> {
    return this.call(CONTRACTS.get(name) as RequestContract, input) as Promise<QueryAnswer<Name>>;
  }

  queryFile<Name extends QueryName>(name: Name, input: QueryInput<Name>): Promise<Uint8Array> {
    return this.download(CONTRACTS.get(name) as RequestContract, input);
  }

  readLedgerFile(path: string): Promise<Uint8Array> {
    return this.get(`/ledger/${path}`);
  }

  async time(): Promise<{ readonly now: Instant; readonly factor: number }> {
    return JSON.parse(await this.getText('/api/v1/time')) as { now: Instant; factor: number };
  }

  async get(path: string): Promise<Uint8Array> {
    const response = await this.send({ method: 'GET', path });
    return new Uint8Array(await response.arrayBuffer());
  }

  async getText(path: string): Promise<string> {
    return fromUtf8(await this.get(path));
  }

  /** Sends bytes under their own hash; `folder` is the address without it. */
  async upload(
    folder: string,
    bytes: Uint8Array,
  ): Promise<{ readonly sha256: string; readonly size: number }> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const headers = { 'content-type': 'application/octet-stream' };
    const response = await this.send({ method: 'PUT', path: `${folder}/${sha256}`, body: bytes, headers });
    return (await response.json()) as { sha256: string; size: number };
  }

  /** A request without a body that no contract describes; gives the answer's headers. */
  async ask(method: string, path: string, headers: Readonly<Record<string, string>>): Promise<Headers> {
    return (await this.send({ method, path, headers })).headers;
  }

  /** What says who is signed in, for requests that go another way. */
  sessionHeaders(): Readonly<Record<string, string>> {
    return this.cookie === undefined ? {} : { cookie: this.cookie };
  }

  private toHttp({ http, kind }: RequestContract, body: Record<string, unknown>): Sent {
    if (!http) throw new Error('this request has no HTTP face');
    const rest = { ...body };
    const path = http.path.replace(/:(\w+)/g, (_, name: string) => {
      const value = String(rest[name]);
      delete rest[name];
      return encodeURIComponent(value);
    });
    if (http.method === 'GET') {
      const query = new URLSearchParams(rest as Record<string, string>).toString();
      return { method: 'GET', path: query ? `${path}?${query}` : path };
    }
    const headers = {
      'content-type': 'application/json',
      ...(kind === 'command' ? { 'idempotency-key': randomUUID() } : {}),
    };
    return { method: http.method, path, body: JSON.stringify(rest), headers };
  }

  private async send({ method, path, body, headers }: Sent): Promise<Response> {
    const until = Date.now() + this.patienceMs;
    for (;;) {
      const outcome = await this.sendOnce(method, path, body, headers);
      if (outcome instanceof Response && outcome.ok) return outcome;
      const problem = outcome instanceof Response ? await readProblem(outcome) : unreachable(outcome);
      if (!problem.mayRetry || Date.now() > until) throw problem.error;
      await sleep(PAUSE_MS);
    }
  }

  private async sendOnce(
    method: string,
    path: string,
    body: Uint8Array | string | undefined,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response | Error> {
    try {
      return await fetch(new URL(path, this.address), {
        method,
        headers: { ...headers, ...this.sessionHeaders() },
        ...(body === undefined ? {} : { body: body as BodyInit }),
      });
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

interface Problem {
  readonly error: Error;
  readonly mayRetry: boolean;
}

function unreachable(cause: Error): Problem {
  return { error: new Error(`the platform cannot be reached: ${cause.message}`, { cause }), mayRetry: true };
}

async function readProblem(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const { code, detail, details } = JSON.parse(text) as {
      code: string;
      detail: string;
      details: Record<string, unknown>;
    };
    const mayRetry = TRY_AGAIN_STATUS.has(response.status) || TRY_AGAIN_CODE.has(code);
    return { error: new DomainError(code, detail, details), mayRetry };
  } catch {
    const error = new Error(`${response.url} answered ${response.status}: ${text.slice(0, 200)}`);
    return { error, mayRetry: TRY_AGAIN_STATUS.has(response.status) };
  }
}
