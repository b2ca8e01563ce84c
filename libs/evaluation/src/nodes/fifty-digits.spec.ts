import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Rational } from '#kernel';
import { IRRATIONAL_DIGITS, ln, root } from './fifty-digits.js';

const positive = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
  .map(([n, d]) => Rational.of(n, d));
const unit = Rational.of(1n, 10n ** BigInt(IRRATIONAL_DIGITS));
const power = (value: Rational, n: number): Rational =>
  Array.from({ length: n }, () => value).reduce((product, one) => product.mul(one), Rational.ONE);
const RUNS = { numRuns: 60 };

describe('root', () => {
  it('is cut to fifty digits: its power is not above the value, one unit more is', () => {
    fc.assert(
      fc.property(positive, fc.integer({ min: 1, max: 9 }), (value, n) => {
        const found = root(value, n);
        expect(power(found, n).atMost(value)).toBe(true);
        expect(value.lessThan(power(found.add(unit), n))).toBe(true);
      }),
      RUNS,
    );
  });

  it('is exact where the value is a power', () => {
    fc.assert(
      fc.property(positive, fc.integer({ min: 1, max: 7 }), (value, n) => {
        expect(root(power(value, n), n).equals(value)).toBe(true);
      }),
      RUNS,
    );
  });

  it('takes the root of nothing, and of a product of many prices', () => {
    expect(root(Rational.ZERO, 2).isZero()).toBe(true);
    expect(root(power(Rational.from('123456.78'), 200), 200).toString()).toBe('6172839/50');
  });
});

describe('ln', () => {
  it('knows ln 2 and ln 10 to fifty digits', () => {
    expect(ln(Rational.of(2n)).toFixed({ digits: 50, mode: 'down' })).toBe(
      '0.69314718055994530941723212145817656807550013436025',
    );
    expect(ln(Rational.of(10n)).toFixed({ digits: 50, mode: 'down' })).toBe(
      '2.30258509299404568401799145468436420760110148862877',
    );
    expect(ln(Rational.ONE).isZero()).toBe(true);
  });

  it('turns products into sums, up to the last digits', () => {
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        const apart = ln(a)
          .add(ln(b))
          .sub(ln(a.mul(b)))
          .abs();
        expect(apart.atMost(unit.mul(Rational.of(4n)))).toBe(true);
      }),
      RUNS,
    );
  });
});
