import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromHex } from './bytes.js';
import { isUuid, uuidV7 } from './uuid.js';

const ms = fc.nat({ max: 2 ** 48 - 1 });
const chance = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('UUID version 7', () => {
  it('is the example of RFC 9562 A.6 for its time and chance', () => {
    const random = fromHex('0cc398c4dc0c0c07398f');
    expect(uuidV7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('sorts by time as text, whatever chance gave', () => {
    fc.assert(
      fc.property(ms, ms, chance, chance, (a, b, x, y) => {
        fc.pre(a !== b);
        expect(uuidV7(a, x) < uuidV7(b, y)).toBe(a < b);
      }),
    );
  });

  it('has its form, version and variant', () => {
    fc.assert(
      fc.property(ms, chance, (at, random) => {
        expect(isUuid(uuidV7(at, random))).toBe(true);
        expect(uuidV7(at, random)).toMatch(/^.{14}7.{4}[89ab]/);
      }),
    );
  });

  it('needs 48 bits of time and ten bytes of chance', () => {
    const random = new Uint8Array(10);
    for (const at of [-1, 1.5, 2 ** 48, Number.NaN]) expect(() => uuidV7(at, random)).toThrow('48 bits');
    expect(() => uuidV7(0, new Uint8Array(9))).toThrow('ten random bytes');
  });

  it.each([
    '',
    '017F22E2-79B0-7CC3-98C4-DC0C0C07398F',
    '{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}',
    '017f22e279b07cc398c4dc0c0c07398f',
    '017f22e2-79b0-7cc3-18c4-dc0c0c07398f',
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n',
  ])('does not take %j for one', (text) => {
    expect(isUuid(text)).toBe(false);
  });
});
