import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Rational, sum } from './rational.js';
import type { RoundingMode } from './rounding.js';

const big = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const pair = fc.tuple(
  big,
  big.filter((d) => d !== 0n),
);
const rational = pair.map(([n, d]) => Rational.of(n, d));
const modes: readonly RoundingMode[] = ['half-up', 'half-even', 'half-down', 'down', 'up', 'floor', 'ceil'];
const absolute = (n: bigint): bigint => (n < 0n ? -n : n);

describe('exact numbers', () => {
  it('stand in lowest terms with a positive denominator and keep their value', () => {
    fc.assert(
      fc.property(pair, ([n, d]) => {
        const value = Rational.of(n, d);
        expect(value.n * d).toBe(n * value.d);
        expect(value.d > 0n).toBe(true);
        const half = Rational.of(value.n * 6n, value.d * 6n);
        expect([half.n, half.d]).toEqual([value.n, value.d]);
      }),
    );
  });

  it('add, subtract, multiply and divide as cross multiplication does', () => {
    fc.assert(
      fc.property(pair, pair, ([a, b], [c, d]) => {
        const [x, y] = [Rational.of(a, b), Rational.of(c, d)];
        const is = (value: Rational, n: bigint, m: bigint) => expect(value.n * m).toBe(n * value.d);
        is(x.add(y), a * d + c * b, b * d);
        is(x.sub(y), a * d - c * b, b * d);
        is(x.mul(y), a * c, b * d);
        if (c !== 0n) is(x.div(y), a * d, b * c);
      }),
    );
  });

  it('compare as cross multiplication does', () => {
    fc.assert(
      fc.property(pair, pair, ([a, b], [c, d]) => {
        const [x, y] = [Rational.of(a, b), Rational.of(c, d)];
        const difference = (a * d - c * b) * (b * d < 0n ? -1n : 1n);
        const expected = difference < 0n ? -1 : difference > 0n ? 1 : 0;
        expect(x.compare(y)).toBe(expected);
        expect(x.sub(y).sign()).toBe(expected);
        expect([x.equals(y), x.lessThan(y), x.atMost(y)]).toEqual([
          expected === 0,
          expected < 0,
          expected <= 0,
        ]);
        expect(x.min(y).atMost(x.max(y))).toBe(true);
      }),
    );
  });

  it('obey the laws of a field', () => {
    fc.assert(
      fc.property(rational, rational, rational, (x, y, z) => {
        expect(
          x
            .add(y)
            .add(z)
            .equals(x.add(y.add(z))),
        ).toBe(true);
        expect(x.mul(y.add(z)).equals(x.mul(y).add(x.mul(z)))).toBe(true);
        expect(x.sub(x).isZero()).toBe(true);
        expect(x.neg().abs().equals(x.abs())).toBe(true);
        if (!x.isZero()) expect(x.div(x).equals(Rational.ONE)).toBe(true);
        expect(sum([x, y, z]).equals(z.add(y).add(x))).toBe(true);
      }),
    );
  });

  it('are read back from their own text', () => {
    fc.assert(
      fc.property(rational, (x) => {
        expect(Rational.from(x.toString()).equals(x)).toBe(true);
        expect(JSON.parse(JSON.stringify(x))).toBe(x.toString());
      }),
    );
  });

  it('sum to zero where there is nothing', () => {
    expect(sum([]).isZero()).toBe(true);
  });

  it('break where they are divided by zero', () => {
    expect(() => Rational.of(1n, 0n)).toThrow('denominator');
    expect(() => Rational.ONE.div(Rational.ZERO)).toThrow('division by zero');
  });
});

describe('reading exact numbers', () => {
  it.each([
    ['12', 12n, 1n],
    ['-0.125', -1n, 8n],
    ['0', 0n, 1n],
    ['-0', 0n, 1n],
    ['-0.00', 0n, 1n],
    ['-0.5', -1n, 2n],
    ['9/7', 9n, 7n],
    ['-6/4', -3n, 2n],
    ['0.1', 1n, 10n],
    ['123456789012345678901234567890.05', 2469135780246913578024691357801n, 20n],
  ])('takes %s', (text, n, d) => {
    const value = Rational.parse(text);
    expect([value?.n, value?.d]).toEqual([n, d]);
  });

  it.each([
    '1e3',
    '1E3',
    '01',
    '-01',
    '+1',
    ' 1',
    '1 ',
    '1\n',
    '',
    '.',
    '.5',
    '5.',
    '1,000',
    '1.2.3',
    '--1',
    '- 1',
    '0x10',
    'NaN',
    'Infinity',
    '1_000',
    '１',
    '٣',
    '1/0',
    '1/01',
    '1/-2',
    '1/2/3',
    '1.5/2',
    '/2',
    '1/',
    '01/2',
  ])('refuses %j', (text) => {
    expect(Rational.parse(text)).toBeUndefined();
    expect(() => Rational.from(text)).toThrow('not an exact number');
  });
});

describe('rounding', () => {
  it.each<[string, ...string[]]>([
    ['2.5', '3', '2', '2', '2', '3', '2', '3'],
    ['3.5', '4', '4', '3', '3', '4', '3', '4'],
    ['2.4', '2', '2', '2', '2', '3', '2', '3'],
    ['2.6', '3', '3', '3', '2', '3', '2', '3'],
    ['0.5', '1', '0', '0', '0', '1', '0', '1'],
    ['-0.5', '-1', '0', '0', '0', '-1', '-1', '0'],
    ['-2.4', '-2', '-2', '-2', '-2', '-3', '-3', '-2'],
    ['-2.5', '-3', '-2', '-2', '-2', '-3', '-3', '-2'],
    ['-2.6', '-3', '-3', '-3', '-2', '-3', '-3', '-2'],
    ['-3.5', '-4', '-4', '-3', '-3', '-4', '-4', '-3'],
    ['7', '7', '7', '7', '7', '7', '7', '7'],
    ['-7', '-7', '-7', '-7', '-7', '-7', '-7', '-7'],
    ['5/2000000000000001', '0', '0', '0', '0', '1', '0', '1'],
  ])('settles %s by each mode', (text, ...expected) => {
    const value = Rational.from(text);
    expect(modes.map((mode) => value.round({ digits: 0, mode }).toString())).toEqual(expected);
    expect(modes.map((mode) => value.toFixed({ digits: 0, mode }))).toEqual(expected);
  });

  it.each<[string, number, RoundingMode, string, string]>([
    ['1.005', 2, 'half-up', '101/100', '1.01'],
    ['1.005', 2, 'half-even', '1', '1.00'],
    ['2/3', 4, 'half-up', '6667/10000', '0.6667'],
    ['-0.001', 2, 'half-up', '0', '0.00'],
    ['-0.005', 2, 'half-up', '-1/100', '-0.01'],
    ['0.07', 1, 'down', '0', '0.0'],
    ['12345678901234567890.125', 2, 'half-even', '308641972530864197253/25', '12345678901234567890.12'],
  ])('puts %s to %i places, %s', (text, digits, mode, exact, shown) => {
    const value = Rational.from(text);
    expect(value.round({ digits, mode }).toString()).toBe(exact);
    expect(value.toFixed({ digits, mode })).toBe(shown);
  });

  it('goes to tens and hundreds with negative digits', () => {
    expect(Rational.from('1250').round({ digits: -2, mode: 'half-up' }).toString()).toBe('1300');
    expect(Rational.from('-1250').round({ digits: -2, mode: 'half-even' }).toString()).toBe('-1200');
    expect(() => Rational.ONE.toFixed({ digits: -1, mode: 'down' })).toThrow('digits');
  });

  it('moves a value by less than one unit, by at most half of one in the half modes, and once', () => {
    const mode = fc.constantFrom(...modes);
    fc.assert(
      fc.property(rational, fc.integer({ min: -5, max: 12 }), mode, (x, digits, chosen) => {
        const rounded = x.round({ digits, mode: chosen });
        const unit =
          digits >= 0 ? Rational.of(1n, 10n ** BigInt(digits)) : Rational.of(10n ** BigInt(-digits));
        const moved = rounded.sub(x).abs();
        expect(moved.lessThan(unit)).toBe(true);
        if (chosen.startsWith('half')) expect(moved.atMost(unit.div(Rational.of(2n)))).toBe(true);
        if (chosen === 'floor') expect(rounded.atMost(x)).toBe(true);
        if (chosen === 'ceil') expect(x.atMost(rounded)).toBe(true);
        if (chosen === 'down') expect(rounded.abs().atMost(x.abs())).toBe(true);
        if (chosen === 'up') expect(x.abs().atMost(rounded.abs())).toBe(true);
        expect(rounded.div(unit).d).toBe(1n);
        expect(rounded.round({ digits, mode: chosen }).equals(rounded)).toBe(true);
        expect(absolute(x.neg().round({ digits: 3, mode: 'half-up' }).n)).toBe(
          absolute(x.round({ digits: 3, mode: 'half-up' }).n),
        );
      }),
    );
  });
});
