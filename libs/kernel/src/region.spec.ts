import { describe, expect, it } from '@jest/globals';
import { XINING } from './region-table.js';
import { isWithin, regionLevel, regionParent, regionPrefix } from './region.js';

describe('a region code', () => {
  it.each([
    ['630000', 'province', undefined, '63'],
    ['630100', 'city', '630000', '6301'],
    ['630121', 'county', '630100', '630121'],
    ['630110', 'county', '630100', '630110'],
    ['630121100', 'township', '630121', '630121100'],
  ])('%s is a %s below %s', (code, level, parent, prefix) => {
    expect([regionLevel(code), regionParent(code), regionPrefix(code)]).toEqual([level, parent, prefix]);
  });

  it.each([
    '',
    '63',
    '6301',
    '000000',
    '630021',
    '630121000',
    '630100100',
    '63010a',
    '6301211000',
    ' 630100',
  ])('is not %p', (code) => {
    expect([regionLevel(code), regionParent(code), regionPrefix(code)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('lies within itself and what is above it, and in nothing else', () => {
    const tree = ['630000', '630100', '630121', '630121100'];
    for (const [i, code] of tree.entries()) {
      for (const [j, region] of tree.entries()) expect(isWithin(code, region)).toBe(j <= i);
    }
    expect(isWithin('630121', '630123')).toBe(false);
    expect(isWithin('630200', '630100')).toBe(false);
    // A county that ends in a zero is no level of its own.
    expect(isWithin('630111', '630110')).toBe(false);
    expect(isWithin('630121', '63')).toBe(false);
    expect(isWithin('6301', '630100')).toBe(false);
  });
});

describe('the table of Xining', () => {
  it('lists the city and what lies right below it, each once', () => {
    const codes = XINING.regions.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes.slice(1)) expect(regionParent(code)).toBe(codes[0]);
  });
});
