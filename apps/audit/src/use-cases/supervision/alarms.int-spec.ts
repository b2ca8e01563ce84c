import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alarmHandled, alarmRaised } from '#contracts';
import { type Call, systemCall } from '#service';
import { actOf } from '../../../test-support/ledger-scene.js';
import { newId, SupervisionScene, tenderPublished } from '../../../test-support/supervision-scene.js';
import * as alarms from './read-alarms.js';
import { catchUp } from './follow-ledger.js';
import { watchAlarms } from './watch-alarms.js';

const [TENDER, OTHER, SUPERVISOR, EXPERT, FIRM] = [newId(), newId(), newId(), newId(), newId()];

describe('alarms', () => {
  let scene: SupervisionScene;

  beforeAll(async () => {
    scene = await SupervisionScene.start();
    scene.names.people.push(
      { personId: SUPERVISOR, name: '李监督', organisationId: null },
      { personId: EXPERT, name: '赵专家', organisationId: FIRM },
    );
    await scene.enter(
      tenderPublished(TENDER, { bidsMin: 3, expertIds: [EXPERT], deadlineAt: undefined }),
      { producer: 'vault', subject: 'evt.vault.bids-closed.v1', tenderId: TENDER, data: { count: 1 } },
      {
        producer: 'vault',
        subject: 'evt.vault.bidders-named.v1',
        tenderId: TENDER,
        data: { bidders: [{ alias: 'AB12', organisationId: FIRM, certificateSha256: 'a'.repeat(64) }] },
      },
    );
    await watch();
  }, 60_000);

  afterAll(() => scene?.close());

  async function watch(): Promise<void> {
    await catchUp(scene.ports.search);
    await watchAlarms(scene.ports, systemCall('watch-alarms'), new AbortController().signal);
  }

  const list = (filter: object = {}, scope: string[] | null = null) =>
    alarms.list(scene.ports, scope, { limit: 50, ...filter });
  const told = (subject: string): Promise<{ data: Record<string, unknown> }[]> =>
    scene.ledger.rows['query']('SELECT data FROM outbox WHERE subject = $1 ORDER BY id', [subject]);
  const call = (idempotencyKey: string, body: unknown): Call => ({
    ...systemCall('req.audit.handle-alarm.v1'),
    actorId: SUPERVISOR,
    idempotencyKey,
    body,
  });

  it('are raised by what was entered, with evidence, and told in the same transaction', async () => {
    const { items, counts } = await list();
    expect(items.map(({ rule, severity }) => `${rule} ${severity}`).sort()).toEqual([
      'expert-conflict critical',
      'few-bids warning',
    ]);
    const few = items.find(({ rule }) => rule === 'few-bids');
    expect(few).toMatchObject({
      state: 'open',
      tenderId: TENDER,
      tenderTitle: { zh: '道路', en: 'Road' },
      regionCode: '630102',
      evidence: { entries: [0, 1], values: { bids: 1, bidsMin: 3 } },
    });
    expect(counts).toEqual({
      open: 2,
      acknowledged: 0,
      closed: 0,
      bySeverity: { info: 0, warning: 1, critical: 1 },
    });
    expect(
      (await told(alarmRaised.subject)).map(({ data }) => alarmRaised.data.parse(data).alarmId).sort(),
    ).toEqual(items.map(({ alarmId }) => alarmId).sort());
  });

  it('name whom the evidence names', async () => {
    expect((await list({ rule: 'expert-conflict' })).names).toMatchObject({ [EXPERT]: '赵专家' });
  });

  it('are raised once, also when rules see the same acts again', async () => {
    await scene.ledger.rows['query'](`UPDATE supervision_cursor SET next_index = 0 WHERE name = 'alarms'`);
    await watch();
    expect((await list()).counts.open).toBe(2);
    expect(await told(alarmRaised.subject)).toHaveLength(2);
  });

  it('are raised once by two processes at a time', async () => {
    await scene.enter({
      producer: 'vault',
      subject: 'evt.vault.opening-halted.v1',
      tenderId: OTHER,
      data: {},
    });
    await Promise.all([watch(), watch(), watch()]);
    expect((await list({ rule: 'ledger-fault' })).items).toHaveLength(1);
  });

  it('of other services are kept once, whoever tells them again', async () => {
    const event = {
      ...actOf('audit', 900, {
        rule: 'ledger-gap',
        severity: 'critical',
        evidence: { producer: 'vault', regionCode: '630200' },
      }),
      subject: alarmRaised.subject,
    };
    const data = alarmRaised.data.parse(event.data);
    await scene.ports.alarms.keepRaised(event, data);
    await scene.ports.alarms.keepRaised(event, data);
    const { items } = await list({ rule: 'ledger-gap' });
    expect(items).toMatchObject([{ alarmId: event.id, severity: 'critical', regionCode: '630200' }]);
  });

  it('are shown within the scope alone; those of no region in every one', async () => {
    const rulesIn = async (scope: string[]): Promise<string[]> =>
      (await list({}, scope)).items.map(({ rule }) => rule).sort();
    expect(await rulesIn(['630102'])).toEqual(['expert-conflict', 'few-bids', 'ledger-fault']);
    expect(await rulesIn(['630200'])).toEqual(['ledger-fault', 'ledger-gap']);
  });

  it('are handled with a reason: who, when, with which words, and the act is told', async () => {
    const { alarmId } = (await list({ rule: 'few-bids' })).items[0]!;
    const body = { alarmId, to: 'acknowledged' as const, reason: '已电话询问招标人' };
    const handled = await alarms.handle(scene.ports, null, body, call('key-0001', body));
    expect(handled).toMatchObject({
      state: 'acknowledged',
      handling: [{ personId: SUPERVISOR, name: '李监督', to: 'acknowledged', reason: '已电话询问招标人' }],
    });
    expect((await told(alarmHandled.subject)).map(({ data }) => alarmHandled.data.parse(data))).toMatchObject(
      [{ alarmId, rule: 'few-bids', from: 'open', to: 'acknowledged' }],
    );
    expect(await alarms.get(scene.ports, null, { alarmId })).toMatchObject({ state: 'acknowledged' });
  });

  it('are closed for good, and have no other way', async () => {
    const { alarmId } = (await list({ rule: 'few-bids' })).items[0]!;
    const to = (state: 'acknowledged' | 'closed', key: string) => {
      const body = { alarmId, to: state, reason: 'x' };
      return alarms.handle(scene.ports, null, body, call(key, body));
    };
    await expect(to('acknowledged', 'key-0002')).rejects.toMatchObject({ code: 'alarm.wrong-state' });
    expect(await to('closed', 'key-0003')).toMatchObject({ state: 'closed' });
    await expect(to('closed', 'key-0004')).rejects.toMatchObject({ code: 'alarm.wrong-state' });
    expect((await list({ state: 'closed' })).items).toHaveLength(1);
  });

  it('outside of the scope are unknown, to read and to handle', async () => {
    const { alarmId } = (await list({ rule: 'ledger-gap' })).items[0]!;
    const body = { alarmId, to: 'closed' as const, reason: 'x' };
    await expect(alarms.get(scene.ports, ['630102'], { alarmId })).rejects.toMatchObject({
      code: 'alarm.unknown',
    });
    await expect(alarms.handle(scene.ports, ['630102'], body, call('key-0005', body))).rejects.toMatchObject({
      code: 'alarm.unknown',
    });
  });

  it('are raised by a reveal that opens no commitment, or another event than was sealed', async () => {
    const sealed = await scene.seal('vault', {
      type: 'bid-submitted',
      at: '2026-12-14T09:00:00.000Z',
      tender: OTHER,
      actor: null,
      data: {},
    });
    await scene.enter({
      producer: 'vault',
      subject: 'evt.vault.acts-revealed.v1',
      tenderId: OTHER,
      data: {
        reveals: [
          { ...sealed, salt: 'b'.repeat(64) },
          { ...sealed, event: { ...sealed.event, tender: TENDER } },
        ],
      },
    });
    await catchUp(scene.ports.search);
    expect((await list({ rule: 'reveal-mismatch' })).items).toMatchObject([
      { severity: 'critical', evidence: { values: { what: 'other-event', sealed: sealed.sealed } } },
    ]);
  });
});
