import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromHex } from '#kernel';
import {
  checkMethod,
  evaluate,
  type Draws,
  type DrawnNumber,
  makeDraws,
  METHODS,
  undrawable,
} from '../index.js';
import type { MethodDocument } from '../method.js';
import { drawBelow, firstBelow } from './draw-below.js';

interface Vectors {
  readonly seed: string;
  readonly below: readonly { readonly label: string; readonly count: number; readonly drawn: number }[];
  readonly draws: readonly {
    readonly method: string;
    readonly bids: readonly string[];
    readonly draws: Draws | null;
  }[];
  readonly steps: DrawnNumber & { readonly drawn: string };
}

const vectors = JSON.parse(
  readFileSync(new URL('../../vectors/draws.json', import.meta.url), 'utf8'),
) as Vectors;
const seed = fromHex(vectors.seed);
const methodOf = (id: string): MethodDocument => METHODS.find((method) => method.id === id)!;

/** A method whose benchmark is the mean × a drawn K. */
const withK = (...draws: readonly DrawnNumber[]): MethodDocument => ({
  ...methodOf('low-price-ratio'),
  bench: { of: { rule: 'mean' }, factors: [{ from: 'draw', name: 'K' }] },
  ...(draws.length > 0 ? { draws: [...draws] } : {}),
});
const codesOf = (method: MethodDocument): string[] =>
  checkMethod(method).flatMap(({ code }) => (code.startsWith('draws.') ? [code] : []));

describe('public draws', () => {
  it.each(vectors.below)('draw $label below $count as another program does', ({ label, count, drawn }) => {
    expect(drawBelow(seed, label, count)).toBe(drawn);
  });

  it.each(vectors.draws)('of $method are those of another program', ({ method, bids, draws }) => {
    expect(makeDraws(methodOf(method), bids, seed)).toEqual(draws ?? {});
  });

  it('take a number from steps, in their decimals', () => {
    const { drawn, ...steps } = vectors.steps;
    expect(makeDraws(withK(steps), [], seed).numbers).toEqual({ K: drawn });
  });

  it('are those that the engine reads, and do not depend on the order of bids', () => {
    const method = methodOf('composite-benchmark');
    const bids = ['AB12', 'CD34', 'EF56'].map((id, at) => ({ id, price: `${900_000 + at}` }));
    const draws = makeDraws(
      method,
      bids.map(({ id }) => id),
      seed,
    );
    expect(evaluate({ method, bids, draws }).outcome).toBe('ranked');
    expect(makeDraws(method, ['EF56', 'AB12', 'CD34'], seed)).toEqual(draws);
  });

  it('leave out numbers that would favour small ones', () => {
    // Of 0 … 9 among 4: 8 and 9 would come a third time for 0 and 1.
    const numbers = [9, 8, 7];
    expect(firstBelow(4, 10n, (at) => BigInt(numbers[at]!))).toBe(3);
  });

  it('reach every place of an order and every number', () => {
    const first = new Set<string>();
    const among = new Set<string | undefined>();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (other) => {
        const { order, numbers } = makeDraws(methodOf('composite-benchmark'), ['a', 'b', 'c'], other);
        expect(order!.toSorted()).toEqual(['a', 'b', 'c']);
        first.add(order![0]!);
        among.add(numbers!['K']);
      }),
      { numRuns: 200 },
    );
    expect([first.size, among.size]).toEqual([3, 4]);
  });
});

describe('a method that draws', () => {
  it('cannot be drawn for where it does not say among what', () => {
    expect(undrawable(withK())).toEqual(['K']);
    expect(() => makeDraws(withK(), [], seed)).toThrow(
      expect.objectContaining({ code: 'evaluation.input-invalid' }),
    );
    expect(METHODS.flatMap(undrawable)).toEqual([]);
  });

  it.each([
    ['nothing, where all is declared', [{ name: 'K', among: ['0.9'] }], []],
    ['a name that stands twice', [1, 2].map(() => ({ name: 'K', among: ['0.9'] })), ['draws.twice']],
    ['steps that miss their end', [{ name: 'K', from: '0.9', to: '1', step: '0.03' }], ['draws.range']],
    ['an end below the beginning', [{ name: 'K', from: '1', to: '0.9', step: '0.1' }], ['draws.range']],
    ['more than can be followed', [{ name: 'K', from: '1', to: '9', step: '0.000001' }], ['draws.range']],
    ['a factor of zero', [{ name: 'K', from: '0', to: '1', step: '0.1' }], ['draws.untakable']],
    [
      'a draw that nobody reads',
      [
        { name: 'K', among: ['1'] },
        { name: 'Q', among: ['1'] },
      ],
      ['draws.unused'],
    ],
  ] as const)('is told of %s', (_what, draws, codes) => {
    expect(codesOf(withK(...(draws as readonly DrawnNumber[])))).toEqual(codes);
  });

  it('is told of a list that another place contradicts', () => {
    const factor = { from: 'draw', name: 'K', among: ['0.9', '1'] } as const;
    const method = {
      ...withK({ name: 'K', among: ['1'] }),
      bench: { of: { rule: 'mean' as const }, factors: [{ ...factor, among: [...factor.among] }] },
    };
    expect(codesOf(method)).toEqual(['draws.among-differ']);
  });
});
