import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, instantFromMs, toHex } from '#kernel';
import {
  createAccount,
  getAuthority,
  getExport,
  handleAlarm,
  listAlarms,
  listEntries,
  readExport,
  requestExport,
} from '#contracts';
import { nodeSha256 } from '#ledger/node';
import { verifyJson } from '#pki';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { Door } from '../contract/door.js';

const WITHIN_MS = 60_000;
const PASSWORD = 'a-long-password-of-a-test';

/** Reads a live feed until an entry of the type about the person has come; gives the ids of all entries up to it. */
async function feedUntil(response: Response, text: string): Promise<number[]> {
  const reader = response.body!.getReader();
  let read = '';
  while (!read.includes(text)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`the feed ended: ${read}`);
    read += Buffer.from(value).toString('utf8');
  }
  await reader.cancel();
  const upTo = read.slice(0, read.indexOf(text));
  return [...upTo.matchAll(/^id: (\d+)\nevent: entry$/gm)].map(([, id]) => parseInt(id!, 10));
}

describe('supervision', () => {
  let platform: TestPlatform;
  let administrator: ApiClient;
  let supervisor: ApiClient;
  let cookie: string;
  let buyerCookie: string;

  const account = async (login: string, role: 'supervisor' | 'buyer', days: number): Promise<string> => {
    const grantedUntil = addDays(instantFromMs(Date.now()), days);
    const body = { login, password: PASSWORD, name: `名 ${login}`, roles: [role], grantedUntil };
    return (await administrator.call(createAccount, body)).personId;
  };
  const follow = (headers: Record<string, string>, query = ''): Promise<Response> =>
    fetch(`${platform.current().address}/api/v1/supervision/feed${query}`, { headers });

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator: first } = platform.current();
    administrator = new ApiClient({ address });
    await administrator.signIn(first.login, first.password);
    await account('supervisor-1', 'supervisor', 100);
    await account('buyer-1', 'buyer', 100);
    supervisor = new ApiClient({ address });
    await supervisor.signIn('supervisor-1', PASSWORD);
    const door = new Door(platform);
    cookie = await door.signIn('supervisor-1', PASSWORD);
    buyerCookie = await door.signIn('buyer-1', PASSWORD);
  }, 120_000);

  afterAll(() => platform?.close());

  it('shows every entry as it is entered, and goes on after the last that was seen', async () => {
    const live = await follow({ cookie });
    expect(live.headers.get('content-type')).toBe('text/event-stream');
    const personId = await account('buyer-2', 'buyer', 100);
    const seen = await feedUntil(live, personId);
    const again = await follow({ cookie, 'last-event-id': String(seen[0]! - 1) });
    expect(await feedUntil(again, personId)).toEqual(seen);
    const anew = await follow({ cookie }, `?after=${seen[0]! - 1}`);
    expect(await feedUntil(anew, personId)).toEqual(seen);
    const behind = await follow({ cookie, 'last-event-id': '0' });
    const ids = await feedUntil(behind, personId);
    expect(ids).toEqual(ids.map((_, i) => i + 1));
  });

  it('shows the feed to nobody else', async () => {
    const codeOf = async (response: Response): Promise<unknown> =>
      ((await response.json()) as { code: string }).code;
    expect(await codeOf(await follow({}))).toBe('session.missing');
    expect(await codeOf(await follow({ cookie: buyerCookie }))).toBe('access.denied');
  });

  it('ends a feed when its session ended', async () => {
    const live = await follow({ cookie: await new Door(platform).signIn('supervisor-1', PASSWORD) });
    await platform.query('DELETE FROM gateway.session');
    const reader = live.body!.getReader();
    while (!(await reader.read()).done);
    await administrator.signIn(
      platform.current().administrator.login,
      platform.current().administrator.password,
    );
    await supervisor.signIn('supervisor-1', PASSWORD);
  });

  it('finds entries by whom they name, with the names beside the ids', async () => {
    const personId = await account('buyer-3', 'buyer', 100);
    const found = await waitUntil('the entry', WITHIN_MS, async () => {
      const page = await supervisor.call(listEntries, { personId, type: 'registration.account-created' });
      return page.items.length > 0 ? page : undefined;
    });
    expect(found).toMatchObject({
      items: [{ type: 'registration.account-created' }],
      count: { found: 1, isExact: true },
      names: { [personId]: '名 buyer-3' },
    });
  });

  it('raises an alarm for a grant that is too long, and keeps how it was handled', async () => {
    const personId = await account('buyer-4', 'buyer', 3_000);
    const alarm = await waitUntil('the alarm', WITHIN_MS, async () => {
      const { items } = await supervisor.call(listAlarms, { rule: 'long-grant', state: 'open' });
      return items[0];
    });
    expect(alarm).toMatchObject({ severity: 'warning', evidence: { values: { personId, days: 3_000 } } });
    const { alarmId } = alarm;
    await supervisor.call(handleAlarm, { alarmId, to: 'acknowledged', reason: '核实中' });
    const told = await waitUntil('the entry of the handling', WITHIN_MS, async () => {
      const { items } = await supervisor.call(listEntries, { type: 'audit.alarm-handled' });
      return items[0];
    });
    expect(told.entry['data']).toMatchObject({ alarmId, from: 'open', to: 'acknowledged', reason: '核实中' });
  });

  it.each(['xlsx', 'pdf'] as const)('gives out entries as a signed %s file', async (format) => {
    const { exportId } = await supervisor.call(requestExport, { kind: 'entries', format });
    const made = await waitUntil('the file', WITHIN_MS, async () => {
      const found = await supervisor.call(getExport, { exportId });
      return found.state === 'waiting' ? undefined : found;
    });
    const bytes = await supervisor.download(readExport, { exportId });
    const { certificatePem: authorityPem } = await supervisor.call(getAuthority, {});
    const { payload } = await verifyJson(made.signature!, {
      authorityPem,
      at: made.file!.madeAt,
      typ: 'sunseal-export',
    });
    expect(payload).toMatchObject({ exportId, sha256: toHex(nodeSha256(bytes)), rows: made.file!.rows });
  });
});
