import { randomUUID } from 'node:crypto';
import { COMMON_ERRORS, errorEntry, type ErrorCode, isErrorCode } from '#contracts';
import type { TestPlatform } from '../support/platform.js';
import { type Face, type Json, nameOf } from './faces.js';

export interface Answer {
  readonly status: number;
  readonly body: Json;
  /** Null where the request was answered. */
  readonly code: string | null;
}

export interface Sending {
  readonly cookie?: string | undefined;
  /** The idempotency key; null for none, a new one unless given. */
  readonly key?: string | null;
  /** Sent instead of the body, as it is. */
  readonly raw?: string;
}

/**
 * The platform's HTTP door, held to what contracts promise. Every answer that passes is either a success or
 * problem+json with a code that the contract or {@link COMMON_ERRORS} declares, under that code's status, and never a
 * fault of the platform: anything else throws and fails the test that asked.
 */
export class Door {
  constructor(private readonly platform: TestPlatform) {}

  async signIn(login: string, password: string): Promise<string> {
    const response = await fetch(`${this.platform.current().address}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
    return response.headers.getSetCookie()[0]!.split(';')[0]!;
  }

  /** Sends a body as the face of its contract asks: names in the path, the rest as query or JSON. */
  async send(face: Face, body: Json, { cookie, key = randomUUID(), raw }: Sending = {}): Promise<Answer> {
    const rest = { ...body };
    const path = face.http.path.replace(/:(\w+)/g, (_, name: string) => {
      const value = String(rest[name] ?? 'missing');
      delete rest[name];
      return encodeURIComponent(value);
    });
    const isGet = face.http.method === 'GET';
    const names = Object.entries(rest).map(([name, value]) => [name, String(value)]);
    const query = isGet && names.length > 0 ? `?${new URLSearchParams(names)}` : '';
    const response = await fetch(this.platform.current().address + path + query, {
      method: face.http.method,
      headers: {
        'content-type': 'application/json',
        ...(cookie ? { cookie } : {}),
        ...(face.kind === 'command' && key !== null ? { 'idempotency-key': key } : {}),
      },
      ...(isGet ? {} : { body: raw ?? JSON.stringify(rest) }),
    });
    return hold(face, response);
  }
}

async function hold(face: Face, response: Response): Promise<Answer> {
  const { status } = response;
  const type = response.headers.get('content-type') ?? '';
  const text = await response.text();
  if (status === 200)
    return { status, body: type.includes('json') ? (JSON.parse(text) as Json) : {}, code: null };
  const problem = type.includes('application/problem+json') ? (JSON.parse(text) as Json) : {};
  const fault = faultOf(face, status, problem);
  if (fault) throw new Error(`${nameOf(face)} answered ${status} ${text.slice(0, 300)}: ${fault}`);
  return { status, body: problem, code: problem['code'] as string };
}

/** What is wrong with a refusal, whatever it refuses. */
function faultOf({ errors }: Face, status: number, { code, detail, correlationId }: Json): string | null {
  if (typeof code !== 'string' || !isErrorCode(code)) return 'no problem+json with a known code';
  if (status >= 500) return 'a fault of the platform, not a refusal';
  if (![...errors, ...COMMON_ERRORS].includes(code)) return `the contract does not declare ${code}`;
  if (status !== errorEntry(code satisfies ErrorCode).status) return `${code} has another status`;
  if (typeof detail !== 'string' || detail === '') return 'no sentence that says what is wrong';
  return typeof correlationId === 'string' ? null : 'no correlation id';
}
