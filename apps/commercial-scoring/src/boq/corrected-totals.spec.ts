import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Rational } from '#kernel';
import { type Correct, evaluate, lowPriceRatio } from '#evaluation';
import type { Boq, BoqLine, BoqSheet } from './boq-line.js';
import { correctedTotals } from './corrected-totals.js';
import { exactLineSums, packedLineSums } from './line-sums.js';
import { packBill } from './packed-bill.js';

const SHEET: BoqSheet = { name: '清单', columns: { unitPrice: 'F', amount: 'G' } };
const bill = (lines: readonly Partial<BoqLine>[]): Boq => ({
  lines: lines.map((line, index) => ({
    sheet: SHEET,
    row: index + 2,
    code: `A${index}`,
    name: 'x',
    unit: 'm',
    quantity: '1',
    unitPrice: '1',
    amount: null,
    ...line,
  })),
  totals: [],
  sheets: [SHEET],
  otherSheets: [],
});
const CENTS = { digits: 2, mode: 'half-up' } as const;

const decimal = (digits: number, max: bigint) =>
  fc.bigInt(0n, max).map((n) => Rational.of(n, 10n ** BigInt(digits)).toFixed({ digits, mode: 'half-up' }));
const mode = fc.constantFrom('half-up', 'half-even', 'half-down', 'down', 'up', 'floor', 'ceil' as const);
const line = fc.record({
  quantity: decimal(3, 10n ** 9n),
  unitPrice: decimal(2, 10n ** 9n),
  amount: fc.option(decimal(2, 10n ** 12n)),
});

describe('sums of lines', () => {
  it('are the same in arrays of doubles as in whole numbers without a bound, for every mode and size', () => {
    const any = fc.record({
      quantity: fc.oneof(decimal(3, 10n ** 6n), decimal(0, 10n ** 14n), decimal(6, 10n ** 15n)),
      unitPrice: fc.option(fc.oneof(decimal(2, 10n ** 6n), decimal(4, 10n ** 9n))),
      amount: fc.option(decimal(2, 10n ** 9n)),
    });
    let packedRuns = 0;
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), mode, fc.nat(4), (lines, by, digits) => {
        const { lines: read } = bill(lines);
        const packed = packBill(read);
        const fast = packed && packedLineSums(packed, { digits, mode: by });
        if (!fast) return;
        packedRuns++;
        expect(fast).toEqual(exactLineSums(read, { digits, mode: by }));
      }),
      { numRuns: 500 },
    );
    expect(packedRuns).toBeGreaterThan(50);
  });

  it('round every half at the edge of the bound as fractions do', () => {
    for (const n of [2 ** 51 - 1, 4_503_599_626_499, 4_503_599_626_500, 4_503_599_627_368_500]) {
      const { lines } = bill([
        { quantity: Rational.of(BigInt(n), 1000n).toFixed({ digits: 3, mode: 'down' }), unitPrice: '1' },
      ]);
      const fast = packedLineSums(packBill(lines)!, { digits: 0, mode: 'half-up' });
      expect(fast).toEqual(exactLineSums(lines, { digits: 0, mode: 'half-up' }));
    }
  });

  it('leave to whole numbers what doubles cannot hold', () => {
    const { lines } = bill([{ quantity: '99999999.999', unitPrice: '99999999.99' }]);
    expect(packedLineSums(packBill(lines)!, CENTS)).toBeNull();
    expect(packBill(bill([{ quantity: '0.1234567890123' }]).lines)).toBeNull();
    expect(packedLineSums(packBill(bill([{ unitPrice: '-1' }]).lines)!, CENTS)).toBeNull();
  });
});

describe('correction of a bill', () => {
  const method = (correct: Correct) => ({ ...lowPriceRatio, correct });

  it('gives what the node of the engine gives, for every rule', () => {
    const rule = fc.record({
      governs: fc.constantFrom('unit-price', 'line-total' as const),
      unitRounding: fc.option(fc.record({ digits: fc.integer({ min: -1, max: 3 }), mode }), {
        nil: undefined,
      }),
      lineRounding: fc.option(fc.record({ digits: fc.integer({ min: -1, max: 3 }), mode }), {
        nil: undefined,
      }),
      markups: fc.constantFrom(undefined, [{ id: 'tax', percent: '9', of: ['direct'], rounding: CENTS }]),
      rounding: fc.constantFrom(undefined, CENTS),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), rule, (lines, given) => {
        const correct = JSON.parse(JSON.stringify(given)) as Correct;
        const read = bill(lines);
        const items = read.lines.map(({ code: id, quantity, unitPrice, amount }) => ({
          id,
          quantity,
          unitPrice: unitPrice!,
          ...(amount === null ? {} : { amount }),
        }));
        const { panel: _, ...rest } = method(correct);
        const result = evaluate({
          method: {
            ...rest,
            combine: { rule: 'evaluated-price' },
            rank: { keys: ['lowest-total'], ties: 'exact' },
          } as never,
          bids: [{ id: 'B', price: '1', items }],
        });
        const node = result.trace.find(({ rule: name }) => name === 'correct')!;
        const { corrected } = correctedTotals(read, correct);
        expect(Rational.from(corrected!).equals(Rational.from(node.rounded ?? node.exact))).toBe(true);
      }),
    );
  });

  it('keeps both figures of each line that it changes, with its cell', () => {
    const read = bill([
      { quantity: '2', unitPrice: '3', amount: '6' },
      { quantity: '2', unitPrice: '3', amount: '60' },
    ]);
    expect(correctedTotals(read, { governs: 'unit-price', lineRounding: CENTS })).toEqual({
      asRead: '66',
      corrected: '12',
      reason: null,
      lines: [{ sheet: '清单', cell: 'G3', item: 'A1', asRead: '60', corrected: '6' }],
      unpriced: [],
    });
    expect(correctedTotals(read, { governs: 'line-total' })).toMatchObject({ asRead: '66', corrected: '66' });
    expect(correctedTotals(read, { governs: 'none' })).toMatchObject({ asRead: '66', corrected: null });
  });

  it('counts a blank price as included elsewhere and names its cell', () => {
    expect(correctedTotals(bill([{ unitPrice: null }, {}]), { governs: 'unit-price' })).toMatchObject({
      corrected: '1',
      unpriced: ['F2'],
    });
  });

  it('corrects no bill with a negative number, and none that is not the buyer’s', () => {
    const quantities = [{ id: 'A0', quantity: '2' }];
    expect(correctedTotals(bill([{ unitPrice: '-1' }]), { governs: 'unit-price' }).reason).toBe(
      'items-invalid',
    );
    expect(correctedTotals(bill([{}]), { governs: 'unit-price', quantities }).reason).toBe('items-differ');
    expect(correctedTotals(bill([]), { governs: 'unit-price' }).reason).toBe('items-invalid');
  });
});
