import { describe, expect, it } from '@jest/globals';
import { METHODS } from '#evaluation';
import { requireFeasible } from './require-feasible.js';

const NEEDS = /inputs|correct|"draw"|draw-rest|"drawn|"reserve"/;

describe('a method that the platform can feed', () => {
  it.each(Object.entries(METHODS))('is told from one that it cannot: %s', (_name, method) => {
    const isFed = !NEEDS.test(JSON.stringify({ ...method, rank: null, title: null, source: null }));
    const check = (): void => requireFeasible(method);
    if (isFed) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code: 'method.invalid' }));
  });

  it('is among the ready ones, and so is one that is not', () => {
    const fed = Object.values(METHODS).filter(
      (method) => !NEEDS.test(JSON.stringify({ ...method, rank: null, title: null, source: null })),
    );
    expect(fed.length).toBeGreaterThan(3);
    expect(fed.length).toBeLessThan(Object.values(METHODS).length);
  });
});
