import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SIZE_CLASS_MIN, sizeClass } from './size-class.js';

const bytes = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000 }),
  fc.integer({ min: 0, max: 2 ** 40 }),
  fc.integer({ min: 16, max: 40 }).chain((e) => fc.integer({ min: 2 ** e - 3, max: 2 ** e + 3 })),
);

describe('size classes', () => {
  it('hold what they are for and are whole tar blocks', () => {
    fc.assert(
      fc.property(bytes, (n) => {
        expect(sizeClass(n)).toBeGreaterThanOrEqual(n);
        expect(sizeClass(n) % 512).toBe(0);
      }),
    );
  });

  it('never shrink as content grows', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(sizeClass(Math.min(a, b))).toBeLessThanOrEqual(sizeClass(Math.max(a, b)));
      }),
    );
  });

  it('are their own class', () => {
    fc.assert(fc.property(bytes, (n) => expect(sizeClass(sizeClass(n))).toBe(sizeClass(n))));
  });

  it('cost at most 12.5 % above the smallest', () => {
    fc.assert(
      fc.property(bytes, (n) => {
        fc.pre(n > SIZE_CLASS_MIN);
        expect(sizeClass(n) / n).toBeLessThanOrEqual(1.125);
      }),
    );
  });

  it.each([
    [0, 65_536],
    [65_536, 65_536],
    [65_537, 67_584],
    [100_000, 100_352],
    [1_000_000, 1_015_808],
    [500_000_000, 503_316_480],
  ])('puts %i bytes into the class of %i', (n, expected) => {
    expect(sizeClass(n)).toBe(expected);
  });
});
