import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leastCost, type Method, robustness } from '#evaluation';
import { systemCall } from '#service';
import { EvaluationStage, type StagedTender } from '../../test-support/evaluation-stage.js';
import { decide, propose, readCorrections } from './correct-evaluations.js';
import { readEvaluation } from './evaluate-offers.js';
import { readRobustness, reportDue } from './report-robustness.js';

const { panel: _panel, ...plain } = leastCost;
const method: Method = {
  ...plain,
  inputs: [
    {
      kind: 'label',
      id: 'size',
      title: { zh: '规模', en: 'Size' },
      oneOf: ['small', 'large'],
      otherwise: 'large',
    },
  ],
  rank: { keys: [{ label: 'size', first: ['small'] }, 'price'], ties: 'exact' },
};
const BIDS = [
  { alias: 'AA00', price: '50', stated: { labels: { size: 'small' } } },
  { alias: 'BB00', price: '40' },
  { alias: 'CC00', price: '60' },
];

describe('a correction of an evaluation', () => {
  let stage: EvaluationStage;
  beforeAll(async () => {
    stage = await EvaluationStage.start();
  });
  afterAll(() => stage?.close());

  const begin = (): Promise<StagedTender> => stage.tender(method, BIDS);
  const notSmall = { alias: 'AA00', labels: { size: 'large' } };
  const proposed = (tender: StagedTender, change: { alias: string; rejected?: boolean } = notSmall) =>
    propose(
      stage.ports(),
      { tenderId: tender.tenderId, changes: [change], reason: 'Found by audit.' },
      stage.call(tender.buyer),
    );
  const decided = (tender: StagedTender, correctionId: string, isConfirmed = true, by = tender.supervisor) =>
    decide(
      stage.ports(),
      { tenderId: tender.tenderId, correctionId, isConfirmed, reason: 'Checked.' },
      stage.call(by),
    );
  const ranked = async ({ tenderId }: StagedTender, version?: number) => {
    const { document } = await readEvaluation(stage.ports(), { tenderId, page: 1, version });
    return (document.result['bids'] as { id: string; rank: number | null }[]).map(({ id }) => id);
  };
  const refused = (code: string) => expect.objectContaining({ code });

  it('makes the next version once a supervisor confirms it, and leaves the former as it was', async () => {
    const tender = await begin();
    const { correctionId } = await proposed(tender);
    expect(await ranked(tender)).toEqual(['AA00', 'BB00', 'CC00']);
    await expect(proposed(tender)).rejects.toEqual(refused('correction.pending'));
    await expect(decided(tender, correctionId, true, tender.buyer)).rejects.toEqual(
      refused('correction.own'),
    );
    const before = await readEvaluation(stage.ports(), { ...tender, page: 1 });
    const { version, hash } = await decided(tender, correctionId);
    expect(version).toBe(2);
    expect(await ranked(tender)).toEqual(['BB00', 'AA00', 'CC00']);
    expect(await ranked(tender, 1)).toEqual(['AA00', 'BB00', 'CC00']);
    const [corrected] = await stage.told(tender.tenderId, 'evaluation-corrected');
    expect(corrected).toMatchObject({
      version: 2,
      previousHash: before.hash,
      hash,
      reason: 'Found by audit.',
    });
    const told = await stage.told(tender.tenderId, 'ranking-made');
    expect(told.map((one) => [one['version'], one['hash']])).toEqual([
      [1, before.hash],
      [2, hash],
    ]);
    const view = await readCorrections(stage.ports(), tender);
    expect(view).toMatchObject({
      version: 2,
      hash,
      proposal: null,
      corrections: [{ reason: 'Found by audit.' }],
    });
  });

  it('takes a bid out and in again, each time as a version of its own', async () => {
    const tender = await begin();
    for (const rejected of [true, false]) {
      await decided(tender, (await proposed(tender, { alias: 'AA00', rejected })).correctionId);
    }
    expect(await ranked(tender, 2)).toEqual(['BB00', 'CC00', 'AA00']);
    expect(await ranked(tender, 3)).toEqual(await ranked(tender, 1));
    await expect(ranked(tender, 4)).rejects.toEqual(refused('evaluation.version-unknown'));
  });

  it('changes nothing when it is refused, and is not made for nothing', async () => {
    const tender = await begin();
    const { correctionId } = await proposed(tender);
    expect(await decided(tender, correctionId, false)).toMatchObject({ version: 1 });
    await expect(decided(tender, correctionId)).rejects.toEqual(refused('correction.unknown'));
    const nothing = proposed(tender, { alias: 'BB00', rejected: false });
    await expect(nothing).rejects.toEqual(refused('correction.changes-nothing'));
    await expect(proposed(tender, { alias: 'ZZ99', rejected: true })).rejects.toEqual(refused('bid.unknown'));
  });

  it('is refused once the standstill has begun', async () => {
    const tender = await begin();
    await stage.ports().evaluations.take(stage.event(tender.tenderId), async (tx) => {
      await tx.save({ ...(await tx.load(tender.tenderId)), closed: 'standstill' });
    });
    await expect(proposed(tender)).rejects.toEqual(refused('evaluation.fixed'));
  });

  it('has a report of how firm it is, as the first version has', async () => {
    const tender = await begin();
    const ports = stage.ports();
    const report = () => reportDue(ports, systemCall('test'), new AbortController().signal);
    await expect(readRobustness(ports, tender)).rejects.toEqual(refused('report.not-yet'));
    await report();
    await decided(tender, (await proposed(tender)).correctionId);
    await report();
    await report();
    const told = await stage.told(tender.tenderId, 'robustness-reported');
    expect(told.map(({ version, tried, sensitive }) => [version, tried, sensitive])).toEqual([
      [1, 2, 0],
      [2, 2, 0],
    ]);
    const { document } = await readEvaluation(ports, { ...tender, page: 1 });
    const { version, hash, ...shown } = await readRobustness(ports, tender);
    expect([version, hash]).toEqual([2, document.result['hash']]);
    expect(shown).toEqual(robustness(document as never));
  });
});
