import { describe, expect, it } from '@jest/globals';
import { checkMethod, evaluate, evaluationDocument, leastCost, recompute, type Method } from '../index.js';

/** 100 at the mean, one point less for each percent off it. */
const method: Method = {
  v: 1,
  id: 'mean',
  title: { zh: '平均价', en: 'Mean' },
  admit: {},
  bench: { of: { rule: 'mean' } },
  score: {
    rule: 'deviation',
    full: '100',
    base: '100',
    steps: { rule: 'interpolated' },
    above: [{ to: null, perPercent: '-1' }],
    below: [{ to: null, perPercent: '-1' }],
  },
  combine: { rule: 'sum', of: ['price'] },
  rank: { keys: ['total', 'price'], ties: 'exact' },
};
const bids = [
  { id: 'A', price: '60' },
  { id: 'B', price: '100' },
  { id: 'C', price: '110' },
  { id: 'D', price: '130' },
];
const withoutA = bids.map((bid) => (bid.id === 'A' ? { ...bid, rejected: true as const } : bid));
const anew: Method = { ...method, admit: { rejected: 'anew' } };
const totalsOf = ({ bids: results }: ReturnType<typeof evaluate>) =>
  Object.fromEntries(results.map(({ id, total }) => [id, total?.exact ?? null]));

describe('a bid that people rejected', () => {
  it('leaves the benchmark and every other score as they were, unless the method says otherwise', () => {
    const before = evaluate({ method, bids });
    const after = evaluate({ method, bids: withoutA });
    expect(after.benchmark).toEqual(before.benchmark);
    expect(totalsOf(after)).toEqual({ ...totalsOf(before), A: null });
    expect(after.bids.at(-1)).toMatchObject({ id: 'A', admitted: false, reasons: ['rejected'], rank: null });
    expect(after.bids.map(({ rank }) => rank)).toEqual([1, 2, 3, null]);
  });

  it('leaves before the benchmark where the method says so, as if it had not bid', () => {
    const after = evaluate({ method: anew, bids: withoutA });
    const never = evaluate({ method: anew, bids: bids.slice(1) });
    expect(after.benchmark).toEqual(never.benchmark);
    expect(totalsOf(after)).toEqual({ ...totalsOf(never), A: null });
    expect(after.bids.at(-1)).toMatchObject({ id: 'A', reasons: ['rejected'] });
  });

  it('keeps the reasons that it was void for anyway', () => {
    const tooLow = { id: 'E', price: '0', rejected: true as const };
    expect(evaluate({ method, bids: [...bids, tooLow] }).bids.at(-1)!.reasons).toEqual([
      'price-not-positive',
    ]);
  });

  it('fails the evaluation where nobody else is left', () => {
    const all = bids.map((bid) => ({ ...bid, rejected: true as const }));
    for (const one of [method, anew])
      expect(evaluate({ method: one, bids: all })).toMatchObject({
        outcome: 'failed',
        reason: 'no-admissible-bid',
      });
  });

  it('recomputes from the stored document', () => {
    const document = evaluationDocument({ method, bids: withoutA });
    expect(recompute(JSON.parse(JSON.stringify(document))).hash).toBe(document.result.hash);
  });
});

describe('a bill that is given by what it comes to', () => {
  const { panel: _panel, ...plain } = leastCost;
  const corrects: Method = {
    ...plain,
    correct: { governs: 'unit-price', rounding: { digits: 2, mode: 'half-up' }, changeMaxPercent: '10' },
  };
  const priced = (corrected: string | null, reason: 'items-differ' | null = null) =>
    evaluate({ method: corrects, bids: [{ id: 'A', price: '100', bill: { corrected, reason } }] }).bids[0]!;

  it('is the corrected price, and what is void is void', () => {
    expect(priced('105').corrected?.exact).toBe('105');
    expect(priced('1001/10').corrected?.rounded).toBe('100.10');
    expect(priced('111').reasons).toEqual(['correction-over-limit']);
    expect(priced(null, 'items-differ').reasons).toEqual(['items-differ']);
    expect(() => priced(null)).toThrow(expect.objectContaining({ code: 'evaluation.input-invalid' }));
  });
});

describe('a flag that asks', () => {
  it('is about single bids', () => {
    const flag = {
      id: 'low',
      title: { zh: '异常低价', en: 'Abnormally low' },
      is: 'gt' as const,
      limit: { rule: 'declared' as const, value: '40' },
      asks: true as const,
    };
    const below = { rule: 'below-mean-of-others', of: 'offered' } as const;
    const errorsOf = (flags: Method['flags']): string[] =>
      checkMethod({ ...method, flags }).flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));
    expect(errorsOf([{ ...flag, measure: below }])).toEqual([]);
    expect(errorsOf([{ ...flag, measure: { rule: 'equal-offers' } }])).toEqual(['flags.asks-nobody']);
  });
});
