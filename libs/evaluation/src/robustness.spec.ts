import { describe, expect, it } from '@jest/globals';
import { compositeBenchmark, leastCost, lowPriceRatio, qcbs, robustness, type ScoreSheet } from './index.js';

const sheets = (bid: string, ...totals: number[]): ScoreSheet[] =>
  totals.map((total, at) => ({
    expert: `e${at + 1}`,
    bid,
    scores: { experience: '10', methodology: '40', team: String(total - 50) },
  }));

describe('robustness', () => {
  it('finds the expert without whom another bid would be first', () => {
    const input = {
      method: qcbs,
      bids: [
        { id: 'A', price: '100' },
        { id: 'B', price: '100' },
      ],
      panel: [...sheets('A', 90, 90, 80), ...sheets('B', 80, 80, 99)],
    };
    const { winner, sensitive, variations } = robustness(input);
    expect(winner).toBe('A');
    expect(sensitive).toEqual([
      { change: 'without-expert', subject: 'e1', winner: 'B' },
      { change: 'without-expert', subject: 'e2', winner: 'B' },
    ]);
    expect(variations.map(({ change, subject }) => `${change} ${subject}`)).toEqual([
      'without-bid B',
      'without-expert e1',
      'without-expert e2',
      'without-expert e3',
      'price-weight-up 21',
      'price-weight-down 19',
    ]);
  });

  it('finds the other bid whose absence moves an average benchmark to another winner', () => {
    // The mean is 964,000 and 963,500 is nearest; without A it is 981,333.33… and 980,000 is nearest.
    const { winner, sensitive } = robustness({
      method: { ...compositeBenchmark, bench: { of: { rule: 'mean' } }, admit: {} },
      bids: [
        { id: 'A', price: '912000' },
        { id: 'B', price: '963500' },
        { id: 'C', price: '980000' },
        { id: 'D', price: '1000500' },
      ],
    });
    expect(winner).toBe('B');
    expect(sensitive).toEqual([{ change: 'without-bid', subject: 'A', winner: 'C' }]);
  });

  it('finds a winner that one step of the weights decides, and none where price alone decides', () => {
    const close = robustness({
      method: {
        ...lowPriceRatio,
        admit: {},
        combine: { rule: 'weighted-sum', weights: { price: '50', technical: '50' } },
      },
      bids: [
        { id: 'A', price: '100', technical: '80' },
        { id: 'B', price: '125', technical: '99.8' },
      ],
    });
    expect(close.winner).toBe('A');
    expect(close.sensitive).toEqual([{ change: 'price-weight-down', subject: '49', winner: 'B' }]);
    const sure = robustness({
      method: leastCost,
      bids: [
        { id: 'A', price: '1', technical: '80' },
        { id: 'B', price: '2', technical: '80' },
        { id: 'C', price: '3', technical: '80' },
      ],
    });
    expect(sure.sensitive).toEqual([]);
    expect(sure.variations).toHaveLength(2);
  });
});
