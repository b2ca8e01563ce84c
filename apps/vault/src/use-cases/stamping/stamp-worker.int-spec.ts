import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fromBase64 } from '#kernel';
import { HttpTimestampAuthority } from '#pki';
import { createLog } from '#service';
import { verifyReceiptFile } from '#verify';
import { OpensslTimestamps } from '../../../../../libs/pki/test-support/openssl-timestamps.js';
import { type Answer, send, timestampServer } from '../../../../../libs/pki/test-support/timestamp-server.js';
import { IntakeStage, type StageBid, type StageTender } from '../../../test-support/intake-stage.js';
import { TypeormStamps } from '../../persistence/typeorm-stamps.js';
import { StampWorker, type StampWorkerParts, tryAuthority } from './stamp-worker.js';

const QUIET = createLog('test', 'silent');

describe('promises that another authority stamps', () => {
  let stage: IntakeStage;
  let openssl: OpensslTimestamps;
  let other: OpensslTimestamps;
  let tender: StageTender;
  const ending: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    stage = await IntakeStage.start();
    [openssl, other] = [new OpensslTimestamps(), new OpensslTimestamps()];
    tender = await stage.tender(600, { timestampRequired: true });
  });
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
    await stage.database.dataSource.query('DELETE FROM promise_stamp WHERE token IS NULL');
  });
  afterAll(async () => {
    openssl?.close();
    other?.close();
    await stage?.close();
  });

  const stamps = (): TypeormStamps => new TypeormStamps(stage.database);
  const rightly: Answer = ({ body }, response) => send(response, openssl.reply(body));

  async function authority(answer: Answer, timeoutMs = 20_000, policy?: string) {
    const server = await timestampServer(answer);
    ending.push(server.close);
    const authorityPem = openssl.pem('root');
    const settings = { url: server.url, timeoutMs, authorityPem };
    const client = new HttpTimestampAuthority({ ...settings, ...(policy === undefined ? {} : { policy }) });
    return { authority: client, authorityPem, requests: server.requests, url: server.url };
  }

  function work(parts: Pick<StampWorkerParts, 'authority' | 'authorityPem'> & Partial<StampWorkerParts>) {
    const worker = new StampWorker({
      stamps: stamps(),
      log: QUIET,
      lookEveryMs: 5,
      pauseMs: () => 5,
      ...parts,
    });
    worker.start();
    ending.push(() => worker.stop());
    return worker;
  }

  const refOf = ({ bidder }: StageBid) => ({
    tenderId: tender.tenderId,
    organisationId: bidder.organisationId,
    seq: 1,
  });
  const bid = (): Promise<StageBid> => stage.bid(stage.ports({ isStamping: true }), tender);
  const makeDue = () =>
    stage.database.dataSource.query('UPDATE promise_stamp SET due_at = clock_timestamp()');

  /** Until the promise has its stamp; what failed is due again at once. */
  async function stamped(one: StageBid) {
    for (;;) {
      const state = await stamps().find(refOf(one));
      if (state?.stamp) return state;
      await makeDue();
      await sleep(10);
    }
  }
  async function failedWith(one: StageBid): Promise<string> {
    for (;;) {
      const state = await stamps().find(refOf(one));
      if (state?.lastCode) return state.lastCode;
      await sleep(10);
    }
  }

  it('are stamped after the commit, and the receipt with the stamp proves itself', async () => {
    const one = await bid();
    const before = await stage.receipt(stage.ports(), tender, one.bidder);
    expect(before).toMatchObject({ timestamp: 'awaited', isComplete: false });
    const bare = await verifyReceiptFile(fromBase64(before.file));
    expect(bare).toMatchObject({ timestamp: null, timestampRequired: true, isComplete: false });
    work(await authority(rightly));
    await stamped(one);
    const after = await stage.receipt(stage.ports(), tender, one.bidder);
    expect(after).toMatchObject({ timestamp: 'stamped', isComplete: true });
    const trust = { timestampAuthorityPem: openssl.pem('root'), timestampToleranceSeconds: 600 };
    const report = await verifyReceiptFile(fromBase64(after.file), trust);
    expect(report).toMatchObject({ isComplete: true, timestamp: { isNear: true }, seq: 1 });
  });

  it('wait for nobody where no authority is configured, and say so', async () => {
    const one = await stage.bid(stage.ports(), tender);
    expect(await stamps().find(refOf(one))).toBeUndefined();
    const { timestamp, isComplete } = await stage.receipt(stage.ports(), tender, one.bidder);
    expect({ timestamp, isComplete }).toEqual({ timestamp: 'none', isComplete: false });
  });

  it('are given at once while the authority hangs, and never more than four ask together', async () => {
    let asking = 0;
    let most = 0;
    const answers: (() => void)[] = [];
    const hanging = await authority(({ body }, response) => {
      most = Math.max(most, ++asking);
      answers.push(() => {
        asking -= 1;
        send(response, openssl.reply(body));
      });
    });
    work(hanging);
    const bids: StageBid[] = [];
    for (let at = 0; at < 7; at++) bids.push(await bid());
    while (answers.length === 0) await sleep(5);
    expect(await stamps().countWaiting()).toBe(7);
    const answering = setInterval(() => answers.shift()?.(), 20);
    ending.push(async () => clearInterval(answering));
    for (const one of bids) expect((await stamped(one)).attempts).toBeGreaterThanOrEqual(1);
    expect(most).toBeLessThanOrEqual(4);
  });

  it('are asked for again after the authority was down, one at a time until it answers', async () => {
    let isDown = true;
    let together = 0;
    let most = 0;
    const { requests, ...down } = await authority(async (asked, response) => {
      most = Math.max(most, ++together);
      await sleep(5);
      together -= 1;
      if (isDown) response.writeHead(503).end();
      else await rightly(asked, response);
    });
    const bids = [await bid(), await bid()];
    work(down);
    for (const one of bids) expect(await failedWith(one)).toBe('timestamp.unavailable');
    const before = requests.length;
    most = 0;
    await makeDue();
    while (requests.length < before + 2) await sleep(5);
    expect(most).toBe(1);
    isDown = false;
    for (const one of bids) expect((await stamped(one)).attempts).toBeGreaterThan(1);
  });

  it.each<[string, string, () => Promise<{ answer: Answer; timeoutMs?: number; policy?: string }>]>([
    [
      'slower than it may be',
      'timestamp.unavailable',
      async () => ({ answer: () => sleep(2_000), timeoutMs: 50 }),
    ],
    [
      'garbage',
      'timestamp.malformed',
      async () => ({ answer: (_, response) => send(response, Uint8Array.of(1)) }),
    ],
    [
      'a stamp of another hash',
      'timestamp.other-content',
      async () => {
        const digest = '11'.repeat(32);
        openssl.openssl('ts', '-query', '-digest', digest, '-sha256', '-cert', '-out', 'wrong.tsq');
        const wrong = openssl.reply(openssl.read('wrong.tsq'));
        return { answer: (_, response) => send(response, wrong) };
      },
    ],
    [
      'under the certificate of another',
      'timestamp.authority-untrusted',
      async () => ({ answer: ({ body }, response) => send(response, other.reply(body)) }),
    ],
    [
      'a policy that it does not have',
      'timestamp.refused',
      async () => ({ answer: rightly, policy: '1.2.3.4.9' }),
    ],
  ])('are not stamped by an authority that gives %s', async (_what, code, make) => {
    const { answer, timeoutMs, policy } = await make();
    const one = await bid();
    const worker = work(await authority(answer, timeoutMs, policy));
    expect(await failedWith(one)).toBe(code);
    expect((await stamps().find(refOf(one)))!.stamp).toBeNull();
    await worker.stop();
    work(await authority(rightly));
    await stamped(one);
  });

  it('that wait are put back at a stop, which waits for no answer', async () => {
    const one = await bid();
    const { requests, ...silent } = await authority(() => undefined);
    const worker = work(silent);
    while (requests.length === 0) await sleep(5);
    await worker.stop();
    const [taken] = await stamps().take(1, 1);
    expect(taken).toMatchObject({ ...refOf(one), attempts: 2 });
  });

  it('keep the first stamp, whoever had them', async () => {
    const one = await bid();
    const promise = (await stage.ports().vault.progressOf(tender.tenderId, one.bidder.organisationId))[0]!.act
      .promise;
    const token = openssl.token(createHash('sha256').update(promise).digest());
    const stamp = { token, genTime: '2026-01-01T00:00:00.000Z', authorityPem: openssl.pem('root') };
    expect(await stamps().keep(refOf(one), stamp)).toBe(true);
    expect(await stamps().keep(refOf(one), { ...stamp, genTime: '2027-01-01T00:00:00.000Z' })).toBe(false);
    expect((await stamps().find(refOf(one)))!.stamp!.genTime).toBe(stamp.genTime);
  });

  it('survive kill −9 between the commit and the stamp', async () => {
    const { requests, ...silent } = await authority(() => undefined);
    const one = await bid();
    const { url: databaseUrl } = stage.database.dataSource.options as { readonly url?: string };
    const program = join(process.cwd(), 'dist/apps/vault/test-support/stamps.worker.js');
    const child = fork(program, [databaseUrl!, silent.url, silent.authorityPem], {
      env: { ...process.env, NODE_OPTIONS: '' },
      execArgv: [],
    });
    while (requests.length === 0) await sleep(10);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await stamps().find(refOf(one))).toMatchObject({ stamp: null, attempts: 1 });
    expect(await stamps().take(9, 1)).toEqual([]);
    work(await authority(rightly));
    expect((await stamped(one)).attempts).toBe(2);
  });

  it('ask the authority once at the start; that it is away is no reason to stop', async () => {
    const context = { random: (length: number) => new Uint8Array(length), log: QUIET };
    expect(await tryAuthority(await authority(rightly), context)).toBe(true);
    expect(await tryAuthority(await authority((_, response) => void response.destroy()), context)).toBe(
      false,
    );
  });

  it('that lack their stamp at the close are entered, and the bids count all the same', async () => {
    const due = await stage.tender(60, { timestampRequired: true });
    const ports = stage.ports({ isStamping: true });
    const [with_, without] = [await stage.bid(ports, due), await stage.bid(ports, due)];
    for (const one of [with_, without]) await stage.sendBodies(ports, due, one);
    const ref = { tenderId: due.tenderId, organisationId: with_.bidder.organisationId, seq: 1 };
    const genTime = '2026-01-01T00:00:00.000Z';
    await stamps().keep(ref, { token: Uint8Array.of(1), genTime, authorityPem: openssl.pem('root') });
    await stamps().putBack(
      { ...ref, organisationId: without.bidder.organisationId },
      0,
      'timestamp.unavailable',
    );
    await stage.pass(61);
    await stage.closeBids(due.tenderId);
    expect((await stage.ports().vault.tender(due.tenderId)).close).toMatchObject({ count: 2 });
    const missing = await stage.sealedActs(due.tenderId, 'timestamp-missing');
    expect(missing.map(({ data }) => [data['organisationId'], data['lastCode']])).toEqual([
      [without.bidder.organisationId, 'timestamp.unavailable'],
    ]);
    await stage.pass(-61);
  });

  it('are missed by nobody where the procedure does not ask for them', async () => {
    const due = await stage.tender(60);
    const ports = stage.ports();
    await stage.sendBodies(ports, due, await stage.bid(ports, due));
    await stage.pass(61);
    await stage.closeBids(due.tenderId);
    expect(await stage.sealedActs(due.tenderId, 'timestamp-missing')).toEqual([]);
    await stage.pass(-61);
  });
});
