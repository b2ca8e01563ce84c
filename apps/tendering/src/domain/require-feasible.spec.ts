import { describe, expect, it } from '@jest/globals';
import { type Input, lowPriceRatio, type Method, METHODS } from '#evaluation';
import { requireFeasible } from './require-feasible.js';

const series = (length: number): Input => ({
  kind: 'series',
  id: `costs-${length}`,
  title: { zh: '费用', en: 'Costs' },
  length,
});
const refused = expect.objectContaining({ code: 'method.invalid' });

describe('a method that the platform can feed', () => {
  it.each(METHODS.map((method) => [method.id, method] as const))('is every ready one: %s', (_id, method) => {
    expect(() => requireFeasible(method)).not.toThrow();
  });

  it('says what its numbers are drawn among', () => {
    const method: Method = {
      ...lowPriceRatio,
      bench: { of: { rule: 'mean' }, factors: [{ from: 'draw', name: 'K' }] },
    };
    expect(() => requireFeasible(method)).toThrow(refused);
    expect(() =>
      requireFeasible({ ...method, draws: [{ name: 'K', from: '0.9', to: '1', step: '0.01' }] }),
    ).not.toThrow();
  });

  it('asks for no more figures than one offer can carry', () => {
    const asking = (...inputs: readonly Input[]): Method => ({ ...lowPriceRatio, inputs: [...inputs] });
    expect(() => requireFeasible(asking(series(200), series(199)))).not.toThrow();
    expect(() => requireFeasible(asking(...[200, 199, 198, 197, 196].map(series)))).toThrow(refused);
  });
});
