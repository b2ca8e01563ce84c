import { describe, expect, it } from '@jest/globals';
import { formatMoney } from './format-money.js';
import { leftParts } from './left-parts.js';
import { shownExact } from './shown-exact.js';

describe('money', () => {
  it.each([
    ['0', '0'],
    ['999', '999'],
    ['1000.5', '1,000.5'],
    ['123456789012345.67', '123,456,789,012,345.67'],
  ])('%s is shown as %s, digit for digit', (amount, shown) => {
    expect(formatMoney(amount)).toBe(shown);
  });
});

describe('time that is left', () => {
  it.each([
    [999, ['0 seconds']],
    [1_000, ['1 seconds']],
    [61_999, ['1 minutes', '1 seconds']],
    [86_400_000 + 3_599_999, ['1 days', '0 hours']],
  ])('%d ms are %j: never more than there is', (leftMs, shown) => {
    expect(leftParts(leftMs).map(({ unit, count }) => `${count} ${unit}`)).toEqual(shown);
  });
});

describe('an exact value', () => {
  it.each([
    ['1100/21', '52.38'],
    ['1/200', '0.01'],
    ['-1/3', '-0.33'],
    ['-1/1000', '0.00'],
    ['30', '30'],
    ['12.5', '12.5'],
  ])(
    '%s is shown as %s: half-up to two places, and whole numbers and decimals as they are',
    (exact, shown) => {
      expect(shownExact(exact)).toBe(shown);
    },
  );
});
