import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REQUESTS } from '#contracts';
import { type Cast, gatherCast } from '../../apps/cli/src/demo/cast.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

const digest = (bytes: string): string => createHash('sha256').update(bytes).digest('hex');

describe('the doors that no contract describes', () => {
  let platform: TestPlatform;
  let cast: Cast;
  let buyer: string;

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator } = platform.current();
    cast = await gatherCast(
      { address, administrator, now: new Date().toISOString(), patienceMs: 10_000 },
      '-door',
    );
    buyer = (await signIn(cast.buyer.account.login, cast.buyer.account.password)).headers.getSetCookie()[0]!;
  }, 120_000);

  afterAll(() => platform?.close());

  const url = (path: string): string => platform.current().address + path;

  function signIn(login: string, password: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(url('/api/v1/session'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ login, password }),
    });
  }

  function upload(body: string, sha256: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(url(`/api/v1/documents/${sha256}`), {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream', cookie: buyer.split(';')[0]!, ...headers },
      body,
    });
  }

  const codeOf = async (response: Response): Promise<unknown> =>
    ((await response.json()) as { code: unknown }).code;

  it('a session cookie is for this host alone, over a secure connection, out of reach of scripts and other sites', () => {
    expect(buyer).toMatch(/^__Host-sunseal=/);
    for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'])
      expect(buyer).toContain(attribute);
    expect(buyer).not.toMatch(/Domain=/i);
  });

  it('a wrong password and an unknown login are refused alike', async () => {
    const wrong = await signIn(cast.buyer.account.login, 'not the password');
    const unknown = await signIn('nobody-at-all', 'not the password');
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const [first, second] = (await Promise.all([wrong.json(), unknown.json()])) as {
      code: string;
      detail: string;
    }[];
    expect([first!.code, first!.detail]).toEqual([second!.code, second!.detail]);
  });

  it('a login that no database can hold is malformed, and so is one that is none', async () => {
    for (const login of ['a\u0000b', 'a\ud800', '', 'x'.repeat(101)])
      expect(await codeOf(await signIn(login, 'not the password'))).toBe('request.malformed');
  });

  it('guessing is slowed down for one login and for no other', async () => {
    const codes = [];
    for (let guess = 0; guess < 12; guess++)
      codes.push(await codeOf(await signIn('guessed-login', `guess ${guess}`)));
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('sign-in.refused'));
    expect(codes.slice(10)).toEqual(Array(2).fill('sign-in.too-many'));
    expect((await signIn(cast.registrar.account.login, cast.registrar.account.password)).status).toBe(200);
  });

  it('a session ends when its holder signs out', async () => {
    const cookie = (
      await signIn(cast.supervisor.account.login, cast.supervisor.account.password)
    ).headers.getSetCookie()[0]!;
    const headers = { cookie: cookie.split(';')[0]! };
    expect((await fetch(url('/api/v1/session'), { headers })).status).toBe(200);
    expect((await fetch(url('/api/v1/session'), { method: 'DELETE', headers })).status).toBe(204);
    expect((await fetch(url('/api/v1/session'), { headers })).status).toBe(401);
  });

  it('a request from another site is refused', async () => {
    const response = await signIn(cast.buyer.account.login, cast.buyer.account.password, {
      origin: 'https://evil.example',
    });
    expect([response.status, await codeOf(response)]).toEqual([403, 'request.origin-foreign']);
  });

  it('a document is kept under its own hash and under no other', async () => {
    expect((await upload('hello', digest('hello'))).status).toBe(200);
    expect((await upload('hello', digest('hello'))).status).toBe(200);
    const wrong = await upload('hello', digest('other'));
    expect([wrong.status, await codeOf(wrong)]).toEqual([422, 'object.hash-mismatch']);
    expect(await codeOf(await upload('hello', 'not-a-hash'))).toBe('request.malformed');
    expect(await codeOf(await upload('{}', digest('{}'), { 'content-type': 'application/json' }))).toBe(
      'request.media-type-wrong',
    );
  });

  it('a document from nobody, or from somebody else than a buyer, is refused', async () => {
    expect(await codeOf(await upload('a', digest('a'), { cookie: '' }))).toBe('session.missing');
    const { login, password } = cast.bidders[0]!.account;
    const bidder = (await signIn(login, password)).headers.getSetCookie()[0]!.split(';')[0]!;
    expect(await codeOf(await upload('a', digest('a'), { cookie: bidder }))).toBe('access.denied');
  });

  it('a connection cut in mid-upload leaves nothing', async () => {
    const body = 'x'.repeat(200_000);
    const { hostname, port } = new URL(platform.current().address);
    await new Promise<void>((done) => {
      const cut = request({
        hostname,
        port,
        method: 'PUT',
        path: `/api/v1/documents/${digest(body)}`,
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': body.length,
          cookie: buyer.split(';')[0]!,
        },
      });
      cut.on('error', () => done());
      cut.write(body.slice(0, 100_000), () => setTimeout(() => cut.destroy(new Error('cut')), 200));
    });
    await new Promise((done) => setTimeout(done, 500));
    const root = join(platform.dataDir, 'objects');
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    expect(files.filter((path) => path.includes(digest(body)))).toEqual([]);
    expect(files.filter((path) => path.startsWith(join(root, '.tmp')))).toEqual([]);
  });

  it('the API describes every route that the contracts declare', async () => {
    const { paths } = (await (await fetch(url('/api/openapi.json'))).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    for (const { http } of REQUESTS) {
      if (http) expect(paths[http.path.replace(/:(\w+)/g, '{$1}')]).toHaveProperty(http.method.toLowerCase());
    }
  });

  it('an unknown address and an unknown ledger file are problems with a code', async () => {
    for (const path of ['/api/v1/nothing', '/ledger/secret', '/ledger/tile/0/..%2fcheckpoint']) {
      const response = await fetch(url(path));
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(response.status).toBe(404);
    }
  });
});
