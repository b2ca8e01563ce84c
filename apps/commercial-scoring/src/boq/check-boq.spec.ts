import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Rational, sum } from '#kernel';
import type { Boq, BoqLine, BoqSheet } from './boq-line.js';
import { checkBoq } from './check-boq.js';

const SHEET: BoqSheet = {
  name: '清单',
  columns: { code: 'B', name: 'C', unit: 'D', quantity: 'E', unitPrice: 'F', amount: 'G' },
};
const bill = (lines: readonly BoqLine[], totals: Boq['totals'] = []): Boq => ({
  lines,
  totals,
  sheets: [SHEET],
  otherSheets: [],
});

const asked = (code: string, quantity = '10'): BoqLine => ({
  sheet: SHEET,
  row: 3,
  code,
  name: `挖土方 ${code}`,
  unit: 'm3',
  quantity,
  unitPrice: null,
  amount: null,
});
const priced = (code: string, unitPrice: string | null, rest: Partial<BoqLine> = {}): BoqLine => ({
  ...asked(code),
  unitPrice,
  ...rest,
});
const codes = (bidder: readonly BoqLine[], offeredPrice: string, buyer: readonly BoqLine[] = [asked('A')]) =>
  checkBoq({ buyer: bill(buyer), bidder: bill(bidder), offeredPrice }).findings.map(({ code, item }) => [
    code,
    item,
  ]);

describe('check of a priced bill', () => {
  it('finds nothing in a bill that was only priced', () => {
    const check = checkBoq({
      buyer: bill([asked('A'), asked('B', '0.3')]),
      bidder: bill([
        priced('A', '8.99', { amount: '89.9' }),
        priced('B', '0.1', { quantity: '0.30', amount: '0.03' }),
      ]),
      offeredPrice: '89.93',
    });
    expect(check).toEqual({ findings: [], total: '89.93', isConsistent: true });
  });

  it('names missing, extra and repeated lines', () => {
    const buyer = [asked('A'), asked('B')];
    const bidder = [priced('A', '1'), priced('A', '1'), priced('C', '1')];
    expect(codes(bidder, '30', buyer)).toEqual([
      ['line.duplicate', 'A'],
      ['line.extra', 'C'],
      ['line.missing', 'B'],
    ]);
  });

  it('takes a code that the buyer wrote twice in the order of the lines', () => {
    const buyer = [asked('A'), { ...asked('A'), unit: 'm2' }];
    expect(codes([priced('A', '1'), priced('A', '1', { unit: 'm2' })], '20', buyer)).toEqual([]);
    expect(codes([priced('A', '1')], '10', buyer)).toEqual([['line.missing', 'A']]);
  });

  it('names a changed item, unit and quantity with both sides', () => {
    const bidder = [priced('A', '1', { name: '挖石方', unit: 'm2', quantity: '11', row: 7 })];
    const { findings } = checkBoq({
      buyer: bill([asked('A')]),
      bidder: bill(bidder),
      offeredPrice: '11',
    });
    expect(findings.map(({ code, row, expected, found }) => [code, row, expected, found])).toEqual([
      ['name.changed', 7, '挖土方 A', '挖石方'],
      ['unit.changed', 7, 'm3', 'm2'],
      ['quantity.changed', 7, '10', '11'],
    ]);
  });

  it('refuses a blank and a negative price, and only flags a zero price', () => {
    expect(codes([priced('A', null)], '0')).toEqual([['price.blank', 'A']]);
    expect(codes([priced('A', '-1')], '0')).toEqual([
      ['price.negative', 'A'],
      ['total.differs', null],
    ]);
    const zero = checkBoq({
      buyer: bill([asked('A')]),
      bidder: bill([priced('A', '0.00')]),
      offeredPrice: '0',
    });
    expect(zero.findings).toMatchObject([{ code: 'price.zero', severity: 'flag' }]);
    expect(zero.isConsistent).toBe(true);
  });

  it('rounds each line half-up to two places before adding', () => {
    const buyer = [asked('A', '1.5'), asked('B', '1.5')];
    const bidder = [
      priced('A', '0.33', { quantity: '1.5', amount: '0.50' }),
      priced('B', '0.33', { quantity: '1.5', amount: '0.495' }),
    ];
    const { total, findings } = checkBoq({
      buyer: bill(buyer),
      bidder: bill(bidder),
      offeredPrice: '1.00',
    });
    expect(total).toBe('1.00');
    expect(findings).toMatchObject([{ code: 'amount.wrong', item: 'B', expected: '0.50', found: '0.495' }]);
  });

  it('finds an offered price that differs by one cent', () => {
    const { findings } = checkBoq({
      buyer: bill([asked('A')]),
      bidder: bill([priced('A', '8.99')]),
      offeredPrice: '89.91',
    });
    expect(findings).toMatchObject([
      { code: 'total.differs', item: null, expected: '89.90', found: '89.91' },
    ]);
  });

  it('adds up as the rationals do', () => {
    const cents = fc.bigInt(0n, 10n ** 10n);
    fc.assert(
      fc.property(fc.array(fc.tuple(cents, cents), { maxLength: 30 }), (pairs) => {
        const text = (n: bigint, digits: number): string =>
          Rational.of(n, 10n ** BigInt(digits)).toFixed({ digits, mode: 'half-up' });
        const bidder = pairs.map(([q, p], i) => priced(`${i}`, text(p, 2), { quantity: text(q, 3) }));
        const exact = sum(
          pairs.map(([q, p]) => Rational.of(q * p, 100_000n).round({ digits: 2, mode: 'half-up' })),
        );
        const { total } = checkBoq({ buyer: bill([]), bidder: bill(bidder), offeredPrice: '0' });
        expect(total).toBe(exact.toFixed({ digits: 2, mode: 'half-up' }));
      }),
    );
  });
});
