import { describe, expect, it } from '@jest/globals';
import {
  comprehensiveTrimmedMean,
  evaluate,
  evaluatePanel,
  linear,
  type Method,
  type ScoreSheet,
} from './index.js';

const title = { zh: '项', en: 'Item' };
const method = (panel: Partial<NonNullable<Method['panel']>>): Method => ({
  ...linear,
  panel: {
    criteria: [
      { id: 'a', title, max: '60' },
      { id: 'b', title, max: '40' },
    ],
    on: 'totals',
    aggregate: {
      rule: 'trimmed-mean',
      table: [{ from: 5, to: null, dropLow: 1, dropHigh: 1 }],
      otherwise: 'mean',
    },
    ...panel,
  },
});

const sheets = (bid: string, marks: readonly (readonly [string, string])[]): ScoreSheet[] =>
  marks.map(([a, b], index) => ({ expert: `e${index + 1}`, bid, scores: { a, b } }));

const five = sheets('A', [
  ['50', '10'],
  ['40', '30'],
  ['30', '30'],
  ['20', '39'],
  ['60', '0'],
]);

describe('evaluatePanel', () => {
  it('drops the highest and the lowest total of five experts', () => {
    const { bids } = evaluatePanel(method({}), five);
    expect(bids).toEqual([{ id: 'A', score: { exact: '60', rounded: '60.0000' }, passed: true }]);
  });

  it('drops the highest and the lowest of each criterion where the method says so', () => {
    const { bids, trace } = evaluatePanel(method({ on: 'criterion' }), five);
    expect(bids[0]?.score.exact).toBe('190/3');
    expect(trace.map(({ rule, exact }) => [rule, exact])).toEqual([
      ['panel.criterion', '40'],
      ['panel.criterion', '70/3'],
      ['panel.sum', '190/3'],
    ]);
  });

  it('rounds criteria and sum only where declared, in that order', () => {
    const criterionRounding = { digits: 0, mode: 'up' } as const;
    const { bids } = evaluatePanel(method({ on: 'criterion', criterionRounding }), five);
    expect(bids[0]?.score.exact).toBe('64');
    const rounding = { digits: 2, mode: 'half-up' } as const;
    expect(evaluatePanel(method({ on: 'criterion', rounding }), five).bids[0]?.score).toEqual({
      exact: '6333/100',
      rounded: '63.33',
    });
  });

  it('falls back as declared, and says so, when there are too few experts to trim', () => {
    const { bids, trace } = evaluatePanel(
      method({}),
      sheets('A', [
        ['10', '0'],
        ['20', '1'],
      ]),
    );
    expect(bids[0]?.score.exact).toBe('31/2');
    expect(trace[0]?.inputs['fallback']).toBe('true');
  });

  it('passes a score equal to the threshold and fails one below it', () => {
    const both = [
      ...five,
      ...sheets('B', [
        ['60', '0'],
        ['60', '0'],
        ['59', '0'],
        ['60', '0'],
        ['60', '0'],
      ]),
    ];
    const result = evaluatePanel(method({ threshold: '60' }), both);
    expect(result.bids.map(({ id, passed }) => [id, passed])).toEqual([
      ['A', true],
      ['B', true],
    ]);
    const strict = evaluatePanel(method({ threshold: '60.01' }), both);
    expect(strict.bids.every(({ passed }) => !passed)).toBe(true);
  });

  it('gives the same result in whatever order the sheets come', () => {
    const both = [...five, ...five.map((sheet) => ({ ...sheet, bid: 'B' }))];
    expect(evaluatePanel(method({}), [...both].reverse())).toEqual(evaluatePanel(method({}), both));
  });

  it.each<[string, ScoreSheet[]]>([
    ['a mark above the maximum', sheets('A', [['61', '0']])],
    ['a negative mark', sheets('A', [['-1', '0']])],
    ['a mark that is no decimal', sheets('A', [['1e1', '0']])],
    ['a criterion left empty', [{ expert: 'e1', bid: 'A', scores: { a: '1' } }]],
    ['an unknown criterion', [{ expert: 'e1', bid: 'A', scores: { a: '1', b: '1', c: '1' } }]],
    ['two sheets of one expert', [...sheets('A', [['1', '1']]), ...sheets('A', [['2', '2']])]],
    ['a bid that an expert left out', [...five, ...sheets('B', [['1', '1']])]],
  ])('refuses %s', (_what, wrong) => {
    expect(() => evaluatePanel(method({}), wrong)).toThrow(
      expect.objectContaining({ code: 'evaluation.input-invalid' }),
    );
  });
});

describe('evaluate with a panel', () => {
  const marks = (bid: string, total: number): ScoreSheet[] =>
    [0, 1, 2, 3, 4].map((index) => ({
      expert: `e${index}`,
      bid,
      scores: { organisation: '40', quality: '20', schedule: String(total - 60), team: '0' },
    }));
  const panel = [...marks('A', 80), ...marks('B', 70), ...marks('C', 66), ...marks('D', 60)];
  const bids = [
    { id: 'A', price: '10000000' },
    { id: 'B', price: '9000000.00' },
    { id: 'C', price: '9500000' },
    { id: 'D', price: '20000000' },
  ];

  it('scores, combines and ranks by hand-computed figures, explained in both languages', () => {
    const result = evaluate({ method: comprehensiveTrimmedMean, bids, panel });
    expect(result.benchmark).toEqual({ exact: '9500000', rounded: '9500000.00' });
    const bench = result.trace.find(({ rule }) => rule === 'bench.trimmed-mean');
    expect(bench?.sentence.zh).toBe('评标基准价 = (9000000+9500000+10000000)÷3 = 9500000.00');
    expect(bench?.sentence.en).toBe('Benchmark = (9000000+9500000+10000000)÷3 = 9500000.00');
    expect(result.bids.map(({ id, priceScore, total }) => [id, priceScore?.rounded, total?.rounded])).toEqual(
      [
        ['A', '74.74', '77.90'],
        ['B', '85.26', '76.10'],
        ['C', '80.00', '71.60'],
        ['D', '60.00', '60.00'],
      ],
    );
  });

  it('voids a bid under the threshold before the benchmark, keeps its sheets in the trace', () => {
    const low = panel.map((sheet) =>
      sheet.bid === 'A' ? { ...sheet, scores: { ...sheet.scores, quality: '0', schedule: '0' } } : sheet,
    );
    const result = evaluate({ method: comprehensiveTrimmedMean, bids, panel: low });
    expect(result.bids.at(-1)).toMatchObject({
      id: 'A',
      admitted: false,
      reasons: ['technical-below-threshold'],
      rank: null,
    });
    expect(result.benchmark?.rounded).toBe('12833333.33');
    expect(result.trace.some(({ rule, subject }) => rule === 'panel.totals' && subject === 'A')).toBe(true);
  });

  it('refuses a technical score that the sheets contradict', () => {
    const contradicting = bids.map((bid) => ({ ...bid, technical: '81' }));
    expect(() => evaluate({ method: comprehensiveTrimmedMean, bids: contradicting, panel })).toThrow(
      /sheets give/,
    );
  });
});
