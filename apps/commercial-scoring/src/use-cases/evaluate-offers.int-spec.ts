import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromHex } from '#kernel';
import { compositeBenchmark, type EvaluationDocument, makeDraws, type Method, recompute } from '#evaluation';
import { drawSeed } from '#sealing';
import { EvaluationStage, linesAt, type StagedTender } from '../../test-support/evaluation-stage.js';
import { readEvaluation } from './evaluate-offers.js';

const cheapest: Method = {
  v: 1,
  id: 'cheapest',
  title: { zh: '最低价', en: 'Lowest price' },
  admit: {},
  score: { rule: 'none' },
  combine: { rule: 'evaluated-price' },
  rank: { keys: ['price', 'draw'], ties: 'exact' },
};

describe('an evaluation of opened offers', () => {
  let stage: EvaluationStage;
  beforeAll(async () => {
    stage = await EvaluationStage.start();
  });
  afterAll(() => stage?.close());

  const documentOf = async ({ tenderId }: StagedTender): Promise<EvaluationDocument> =>
    (await readEvaluation(stage.ports(), { tenderId, page: 1 })).document as unknown as EvaluationDocument;

  it('draws from the published identities of both envelopes, and recomputes', async () => {
    const prices = ['800000', '820000', '840000'];
    const tender = await stage.tender(
      compositeBenchmark,
      prices.map((price, at) => ({ alias: `AA0${at}`, price })),
    );
    const document = await documentOf(tender);
    const seed = drawSeed(fromHex(tender.tid), tender.identities);
    expect(tender.identities).toHaveLength(6);
    expect(document.draws).toEqual(makeDraws(document.method, ['AA00', 'AA01', 'AA02'], seed));
    expect(Object.keys(document.draws.numbers!)).toEqual(['K', 'Q']);
    expect(recompute(document).outcome).toBe('ranked');
  });

  it('breaks a tie by the drawn order', async () => {
    const tender = await stage.tender(
      cheapest,
      ['AA00', 'AA01', 'AA02'].map((alias) => ({ alias, price: '100' })),
    );
    const { draws, result } = await documentOf(tender);
    expect(result.bids.map(({ id }) => id)).toEqual(draws.order);
    expect(result.bids.map(({ rank }) => rank)).toEqual([1, 2, 3]);
  });

  it('takes what bidders state beside the price, and voids those who state nothing', async () => {
    const method: Method = {
      ...cheapest,
      inputs: [{ kind: 'number', id: 'discount', title: { zh: '折扣', en: 'Discount' }, max: '50' }],
      adjust: [{ rule: 'discount', figure: 'discount', as: 'percent' }],
    };
    const tender = await stage.tender(method, [
      { alias: 'AA00', price: '100' },
      { alias: 'AA01', price: '100', stated: { figures: { discount: '10' } } },
      { alias: 'AA02', price: '95', stated: { figures: { discount: '51' } } },
      { alias: 'AA03', price: '95', stated: { figures: 'none' } },
    ]);
    const { result } = await documentOf(tender);
    expect(result.bids.map(({ id, reasons, evaluated }) => [id, reasons, evaluated?.exact])).toEqual([
      ['AA01', [], '90'],
      ['AA00', ['figure-missing'], undefined],
      ['AA02', ['figure-invalid'], undefined],
      ['AA03', ['price-not-a-number', 'figure-missing'], undefined],
    ]);
  });

  it('corrects bills where the method says so', async () => {
    const method: Method = {
      ...cheapest,
      correct: { governs: 'unit-price', lineRounding: { digits: 2, mode: 'half-up' } },
      award: { price: { rule: 'corrected' } },
    };
    const wrong = linesAt('2').map((line, at) => (at === 0 ? { ...line, amount: '19' } : line));
    const tender = await stage.tender(method, [
      { alias: 'AA00', price: '42', lines: linesAt('3') },
      { alias: 'AA01', price: '27', lines: wrong },
      { alias: 'AA02', price: '10', lines: linesAt('1').slice(1) },
      { alias: 'AA03', price: '10' },
    ]);
    const { bids, result } = await documentOf(tender);
    expect(result.bids.map(({ id, corrected, reasons }) => [id, corrected?.exact, reasons])).toEqual([
      ['AA01', '28', []],
      ['AA00', '42', []],
      ['AA02', '10', ['items-differ']],
      ['AA03', '10', ['items-invalid']],
    ]);
    expect(bids[1]!.bill).toEqual({ corrected: '28', reason: null });
    expect(result.award?.price?.exact).toBe('28');
  });
});
