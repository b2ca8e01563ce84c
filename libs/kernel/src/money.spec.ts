import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amountToMinor, isAmount, minorToAmount } from './money.js';

describe('amounts', () => {
  it.each([
    ['0', 0n],
    ['0.5', 50n],
    ['0.05', 5n],
    ['12345678.90', 1234567890n],
    ['999999999999999.99', 99999999999999999n],
  ])('read %s as minor units', (text, minor) => {
    expect(isAmount(text)).toBe(true);
    expect(amountToMinor(text)).toBe(minor);
  });

  it.each(['', '-1', '+1', '01', '1.', '.5', '1.234', '1e3', '1,000', ' 1', '1\n', '1234567890123456', '¥1'])(
    'refuse %j',
    (text) => {
      expect(isAmount(text)).toBe(false);
      expect(amountToMinor(text)).toBeUndefined();
    },
  );

  it('are written with two places and read back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 17n - 1n }), (minor) => {
        const text = minorToAmount(minor);
        expect(text).toMatch(/^\d+\.\d\d$/);
        expect(amountToMinor(text)).toBe(minor);
      }),
    );
  });

  it('keep the sign of a difference', () => {
    expect(minorToAmount(-5n)).toBe('-0.05');
  });
});
