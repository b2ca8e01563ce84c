import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Rational } from '#kernel';
import { decimalText } from './decimal-text.js';

describe('numbers of cells', () => {
  it('come out as typed', () => {
    const cases: [number | string, string | null][] = [
      [0.1, '0.1'],
      [89.9, '89.9'],
      [-0, '0'],
      [1e21, '1000000000000000000000'],
      [1.5e-7, '0.00000015'],
      [-2.5e-9, '-0.0000000025'],
      [1.2345e25, '12345000000000000000000000'],
      [1e300, null],
      [5e-324, null],
      [Infinity, null],
      [NaN, null],
      [' 12.50 ', '12.50'],
      ['1,234,567.8', '1234567.8'],
      ['1,23', null],
      ['0,123', null],
      ['1e3', null],
      ['1/3', null],
      ['012', null],
      ['+1', null],
      ['１２', null],
      ['12元', null],
      ['', null],
      ['9'.repeat(41), null],
    ];
    for (const [cell, text] of cases) expect([cell, decimalText(cell)]).toEqual([cell, text]);
  });

  it('keep every decimal of up to 15 digits', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 15n) + 1n, 10n ** 15n - 1n),
        fc.integer({ min: 0, max: 15 }),
        (n, places) => {
          const exact = Rational.of(n, 10n ** BigInt(places));
          const shown = exact.toFixed({ digits: places, mode: 'half-up' });
          expect(Rational.from(decimalText(+shown)!).equals(exact)).toBe(true);
        },
      ),
    );
  });
});
