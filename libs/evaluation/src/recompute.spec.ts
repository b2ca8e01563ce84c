import { describe, expect, it } from '@jest/globals';
import { evaluationDocument, lowPriceRatio, recompute, type EvaluationDocument } from './index.js';

const document = evaluationDocument({
  method: lowPriceRatio,
  bids: [
    { id: 'A', price: '100.00', technical: '80', receivedAt: '2026-01-05T08:00:00.000Z' },
    { id: 'B', price: '120', technical: '250/3' },
    { id: 'C', price: '150', technical: '91.5' },
  ],
  draws: { order: ['C', 'B', 'A'] },
});
const copy = (): Record<string, never> & EvaluationDocument => JSON.parse(JSON.stringify(document)) as never;

const refusal = (stored: unknown): unknown => {
  try {
    recompute(stored);
  } catch (error) {
    return error;
  }
  return 'nothing was refused';
};

describe('recompute', () => {
  it('accepts what evaluationDocument wrote, through JSON', () => {
    expect(recompute(copy())).toEqual(document.result);
    expect(document.result.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('names the first trace node that differs when a bid was changed', () => {
    const { bids, ...rest } = copy();
    const changed = bids.map((bid) => (bid.id === 'B' ? { ...bid, price: '119' } : bid));
    expect(refusal({ ...rest, bids: changed })).toMatchObject({
      code: 'evaluation.mismatch',
      details: { at: expect.stringMatching(/^trace\[1\] admit B$/) },
    });
  });

  it('names a node whose sentence was changed, a node that was cut off and one that was added', () => {
    const at = (trace: readonly unknown[]): unknown =>
      refusal({ ...copy(), result: { ...copy().result, trace } });
    const { trace } = copy().result;
    const rewritten = trace.map((node, index) =>
      index === 4 ? { ...node, sentence: { zh: '', en: '' } } : node,
    );
    expect(at(rewritten)).toMatchObject({ details: { at: 'trace[4] bench.min all' } });
    expect(at(trace.slice(0, -1))).toMatchObject({ details: { at: expect.stringContaining('rank B') } });
    expect(at([...trace, trace[0]])).toMatchObject({
      details: { at: expect.stringContaining('beyond the end') },
    });
  });

  it('refuses a changed rank, hash, flag or extra member of the result', () => {
    const changed = (change: object): unknown =>
      refusal({ ...copy(), result: { ...copy().result, ...change } });
    expect(changed({ bids: [] })).toMatchObject({ details: { at: 'bids' } });
    expect(changed({ flags: ['single-bid'] })).toMatchObject({ details: { at: 'flags' } });
    expect(changed({ winner: 'A' })).toMatchObject({ details: { at: 'winner' } });
    expect(changed({ hash: '0'.repeat(64) })).toMatchObject({ details: { at: 'hash' } });
  });

  it('refuses a changed draw that decides nothing, because the hash covers it', () => {
    expect(refusal({ ...copy(), draws: { order: ['A', 'B', 'C'] } })).toMatchObject({
      details: { at: 'hash' },
    });
  });

  it('refuses a document that is no evaluation', () => {
    for (const stored of [null, {}, { ...copy(), method: {} }, { ...copy(), extra: 1 }]) {
      expect(refusal(stored)).toMatchObject({ code: 'evaluation.mismatch' });
    }
  });
});

describe('evaluationDocument', () => {
  it.each([
    [
      'two bids of one id',
      [
        { id: 'A', price: '1' },
        { id: 'A', price: '2' },
      ],
    ],
    ['an id that is no plain word', [{ id: '__proto__', price: '1' }]],
    ['a technical score that is no number', [{ id: 'A', price: '1', technical: 'good' }]],
    ['a time without zone', [{ id: 'A', price: '1', receivedAt: '2026-01-05 08:00' }]],
  ])('refuses %s', (_what, bids) => {
    expect(() => evaluationDocument({ method: lowPriceRatio, bids })).toThrow(
      expect.objectContaining({ code: 'evaluation.input-invalid' }),
    );
  });

  it('refuses a drawn factor that is not recorded', () => {
    const method = {
      ...lowPriceRatio,
      admit: {},
      bench: { of: { rule: 'min' as const }, factors: [{ from: 'draw' as const, name: 'K' }] },
    };
    const bids = [{ id: 'A', price: '1', technical: '1' }];
    expect(() => evaluationDocument({ method, bids })).toThrow(/K is not recorded/);
    expect(() => evaluationDocument({ method, bids, draws: { numbers: { K: '0' } } })).toThrow(
      /not positive/,
    );
  });
});
