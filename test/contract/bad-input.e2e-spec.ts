import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Access, Role } from '#contracts';
import { gatherCast } from '../../apps/cli/src/demo/cast.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { Door, type Sending } from './door.js';
import { type Face, FACES, type Json, nameOf, pathNames, schemaOf } from './faces.js';
import { KeptState } from './kept-state.js';
import { asText, misfitsOf } from './misfits.js';
import { sample } from './sample-body.js';

describe('bad input on every route', () => {
  let platform: TestPlatform;
  let door: Door;
  let kept: KeptState;
  const cookies = new Map<Role, string>();

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    door = new Door(platform);
    kept = await KeptState.open(platform);
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
      cookies.set(account.role, await door.signIn(account.login, account.password));
    cookies.set('administrator', await door.signIn(administrator.login, administrator.password));
  }, 120_000);

  afterAll(async () => {
    await kept?.close();
    await platform?.close();
  });

  const cookieFor = (access: Access): string | undefined =>
    access === 'public' || access === 'internal'
      ? undefined
      : cookies.get(access === 'signed-in' ? 'buyer' : access[0]!);

  async function codeOf(face: Face, body: Json, sending: Sending = {}): Promise<string | null> {
    return (await door.send(face, body, { cookie: cookieFor(face.access), ...sending })).code;
  }

  it('covers every route that the contracts declare', () => {
    expect(FACES.length).toBeGreaterThan(30);
  });

  describe.each(FACES.map((face) => [nameOf(face), face] as const))('%s', (_name, face) => {
    const schema = schemaOf(face);
    const good = sample(schema) as Json;
    const inPath = pathNames(face);
    const inBody = Object.keys(schema.properties ?? {}).filter((name) => !inPath.includes(name));
    const withoutPath = (body: Json): Json =>
      Object.fromEntries(Object.entries(body).filter(([name]) => !inPath.includes(name)));
    const malformed = async (body: Json, sending?: Sending): Promise<void> =>
      expect(await codeOf(face, body, sending)).toBe('request.malformed');

    it('refuses what does not fit its schema and changes nothing', async () => {
      const before = await kept.read();
      const accepted: string[] = [];
      const isGet = face.http.method === 'GET';
      for (const { what, body } of misfitsOf(schema, inPath)) {
        // In a query everything is text.
        if (isGet && what.endsWith(' as a number')) continue;
        const raw = isGet ? {} : { raw: asText(withoutPath(body)) };
        const code = await codeOf(face, body, raw).catch((error: unknown) => String(error));
        if (code !== 'request.malformed') accepted.push(`${what}: ${code}`);
      }
      expect(accepted).toEqual([]);
      await malformed({ ...good, unknownKey: 'x' });
      for (const name of inPath) {
        const { pattern, enum: values } = schema.properties![name]!;
        if (pattern || values) await malformed({ ...good, [name]: 'not!what-it-is' });
      }
      for (const name of (schema.required ?? []).filter((required) => inBody.includes(required))) {
        const { [name]: _left, ...rest } = good;
        await malformed(rest);
      }
      expect(await kept.read()).toBe(before);
    });

    it('refuses what is no JSON object, or too large, and changes nothing', async () => {
      if (face.http.method === 'GET') return;
      const before = await kept.read();
      for (const raw of ['{"broken": ', '["a", "list"]', '"text"', '{"__proto__": {"a": 1}}'])
        await malformed(good, { raw });
      const large = `{"unknownKey": "${'x'.repeat(1024 * 1024)}"}`;
      expect(await codeOf(face, good, { raw: large })).toBe('request.too-large');
      expect(await kept.read()).toBe(before);
    });

    it('refuses who may not', async () => {
      const { access } = face;
      if (access === 'public') return;
      expect(await codeOf(face, good, { cookie: '__Host-sunseal=none' })).toBe('session.missing');
      if (access === 'signed-in') return;
      const others = [...cookies].filter(([role]) => !(access as readonly Role[]).includes(role));
      for (const [, cookie] of others) expect(await codeOf(face, good, { cookie })).toBe('access.denied');
    });

    it('needs an idempotency key for an act', async () => {
      if (face.kind !== 'command') return;
      expect(await codeOf(face, good, { key: null })).toBe('request.idempotency-key-missing');
      await malformed(good, { key: 'short' });
    });
  });
});
