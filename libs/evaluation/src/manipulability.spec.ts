import { describe, expect, it } from '@jest/globals';
import { compositeBenchmark, evaluate, leastCost, manipulability, type EvaluationInput } from './index.js';

const average: EvaluationInput = {
  method: { ...compositeBenchmark, admit: {}, bench: { of: { rule: 'mean' } } },
  bids: [
    { id: 'A', price: '90' },
    { id: 'B', price: '100' },
    { id: 'C', price: '108' },
  ],
};

describe('manipulability', () => {
  it('finds that one cover bid makes another bidder first under an average benchmark', () => {
    // C with one cover at 124.20: mean 105.55, C −2.09, B −3.15. A with one at 54: mean 88, A −2.05, B −12.27.
    const { winner, moves } = manipulability(average);
    expect(winner).toBe('B');
    expect(moves).toEqual([
      { bidder: 'A', covers: 1, percent: '60', rankBefore: 2 },
      { bidder: 'C', covers: 1, percent: '115', rankBefore: 3 },
    ]);
  });

  it('reports moves that anybody can run again', () => {
    const covered = [...average.bids, { id: 'X', price: '54.00' }];
    const { bids } = evaluate({ ...average, bids: covered });
    expect(bids[0]?.id).toBe('A');
  });

  it('finds none where the lowest price of those who pass is first', () => {
    const input = {
      method: leastCost,
      bids: average.bids.map((bid) => ({ ...bid, technical: '80' })),
    };
    expect(manipulability(input)).toEqual({ winner: 'A', moves: [], tried: 90 });
  });

  it('gives cover bids the sheets of the bidder', () => {
    const panel = average.bids.map(({ id }) => ({
      expert: 'e1',
      bid: id,
      scores: { experience: '10', methodology: '40', team: '50' },
    }));
    expect(manipulability({ ...average, method: leastCost, panel }).moves).toEqual([]);
  });
});
