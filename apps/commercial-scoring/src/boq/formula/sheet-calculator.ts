import { Rational, type RoundingMode } from '#kernel';
import { BOQ_COLUMNS, SLOT } from '../boq-column.js';
import type { BoqSheet } from '../boq-line.js';
import { decimalText } from '../decimal-text.js';
import { refuseWorkbook } from '../refuse-workbook.js';
import { columnLetters, COLUMNS_MAX } from '../workbook/cell-ref.js';
import type { BillSheet } from '../workbook/read-sheet.js';
import type { SheetFormula } from '../workbook/sheet-cell.js';
import { WORKBOOK_LIMITS } from '../workbook-limits.js';
import { ownProduct, productOf } from './own-product.js';
import { type Formula, parseFormula } from './parse-formula.js';

type CallOf = Formula & { readonly is: 'call' };
type CellOf = Formula & { readonly is: 'cell' };

const ROUNDED: Readonly<Record<string, RoundingMode>> = {
  ROUND: 'half-up',
  ROUNDUP: 'up',
  ROUNDDOWN: 'down',
};
const CHAIN_MAX = 200;

/** Cells that all formulas of one workbook have looked at. */
export interface FormulaBudget {
  looked: number;
}

interface Spot {
  readonly row: number;
  readonly column: number;
  readonly rowShift: number;
  readonly columnShift: number;
  /** Within SUBTOTAL, which leaves other subtotals out. */
  readonly skipsSubtotals: boolean;
}

/**
 * Computes the formulas of one sheet anew, exactly, from the numbers that stand in the columns of the bill; what the
 * file stores as their results is never looked at. Text that reads as a number counts as one; blank counts as zero, as
 * in spreadsheets. Whatever cannot be computed is refused with its cell: `workbook.formula-forbidden`.
 */
export class SheetCalculator {
  private readonly slots = new Map<number, number>();
  private readonly rows: ReadonlyMap<number, number>;
  private readonly parsed = new Map<string, Formula>();
  private readonly known = new Map<number, Rational>();
  private readonly underWay = new Set<number>();

  constructor(
    private readonly sheet: BillSheet,
    private readonly place: BoqSheet,
    private readonly budget: FormulaBudget,
  ) {
    for (const column of BOQ_COLUMNS) {
      const index = sheet.header.columns[column];
      if (index !== undefined) this.slots.set(index, SLOT[column]);
    }
    this.rows = new Map(sheet.rows.map(({ row }, index) => [row, index]));
  }

  /** Exact value of the formula that stands in this cell. */
  compute(formula: SheetFormula, column: number, row: number): Rational {
    const key = row * COLUMNS_MAX + column;
    const before = this.known.get(key);
    if (before) return before;
    if (this.underWay.has(key) || this.underWay.size > CHAIN_MAX)
      this.refuse(column, row, 'the formula leads back to itself or through too many others.');
    this.underWay.add(key);
    const { rowShift, columnShift } = formula;
    const value = this.value(this.parse(formula.text, column, row), {
      row,
      column,
      rowShift,
      columnShift,
      skipsSubtotals: false,
    });
    this.underWay.delete(key);
    this.known.set(key, value);
    return value;
  }

  private parse(text: string, column: number, row: number): Formula {
    const found =
      this.parsed.get(text) ??
      parseFormula(text) ??
      this.refuse(
        column,
        row,
        'replace the formula by its value; only sums, products and ROUND are computed.',
      );
    if (this.parsed.size < 10_000) this.parsed.set(text, found);
    return found;
  }

  private value(formula: Formula, spot: Spot): Rational {
    switch (formula.is) {
      case 'number':
        return Rational.from(formula.text);
      case 'cell':
        return this.cell(this.shifted(formula, spot), spot) ?? Rational.ZERO;
      case 'negative':
        return this.value(formula.of, spot).neg();
      case 'binary':
        return this.binary(formula, spot);
      case 'call':
        return this.call(formula, spot);
      case 'range':
        return this.refuse(spot.column, spot.row, 'a range of cells stands outside of a sum.');
    }
  }

  private binary({ sign, left, right }: Formula & { readonly is: 'binary' }, spot: Spot): Rational {
    const [a, b] = [this.value(left, spot), this.value(right, spot)];
    if (sign === '+') return a.add(b);
    if (sign === '-') return a.sub(b);
    if (sign === '*') return a.mul(b);
    return b.isZero() ? this.refuse(spot.column, spot.row, 'the formula divides by zero.') : a.div(b);
  }

  private call({ name, arguments: list }: CallOf, spot: Spot): Rational {
    const mode = ROUNDED[name];
    if (mode) {
      const digits = list.length === 2 ? this.value(list[1]!, spot) : Rational.ZERO;
      const isSound = list.length <= 2 && digits.d === 1n && digits.abs().atMost(Rational.of(12n));
      if (!isSound) this.refuse(spot.column, spot.row, `${name} needs −12 to 12 places.`);
      return this.value(list[0]!, spot).round({ digits: parseInt(digits.toString(), 10), mode });
    }
    if (name === 'SUBTOTAL') {
      const kind = list[0];
      if (kind?.is !== 'number' || !['9', '109'].includes(kind.text))
        this.refuse(spot.column, spot.row, 'of SUBTOTAL only the sum (9, 109) is computed.');
      return this.fold(list.slice(1), { ...spot, skipsSubtotals: true }, Rational.ZERO, (a, b) => a.add(b));
    }
    return name === 'SUM'
      ? this.fold(list, spot, Rational.ZERO, (a, b) => a.add(b))
      : this.fold(list, spot, Rational.ONE, (a, b) => a.mul(b));
  }

  private fold(
    list: readonly Formula[],
    spot: Spot,
    start: Rational,
    join: (a: Rational, b: Rational) => Rational,
  ): Rational {
    let total = start;
    for (const part of list) {
      if (part.is !== 'range') {
        total = join(total, this.value(part, spot));
        continue;
      }
      const [from, to] = [this.shifted(part.from, spot), this.shifted(part.to, spot)];
      const last = this.sheet.rows.at(-1)?.row ?? 0;
      for (let row = Math.max(from.row, this.sheet.header.row + 1); row <= Math.min(to.row, last); row++)
        for (let column = from.column; column <= to.column; column++) {
          const found = this.cell({ column, row }, spot);
          if (found) total = join(total, found);
        }
    }
    return total;
  }

  private shifted({ at, fixedColumn, fixedRow }: CellOf, spot: Spot): { column: number; row: number } {
    return {
      column: at.column + (fixedColumn ? 0 : spot.columnShift),
      row: at.row + (fixedRow ? 0 : spot.rowShift),
    };
  }

  /** Null for a blank cell, and for a subtotal where subtotals are left out. */
  private cell({ column, row }: { column: number; row: number }, spot: Spot): Rational | null {
    if (++this.budget.looked > WORKBOOK_LIMITS.formulaCellsMax)
      refuseWorkbook(
        'workbook.too-complex',
        `Sheet ${this.sheet.name}: the formulas look at too many cells.`,
        {
          sheet: this.sheet.name,
        },
      );
    const slot = this.slots.get(column);
    if (slot === undefined || row <= this.sheet.header.row)
      return this.refuse(
        spot.column,
        spot.row,
        `the formula uses ${columnLetters(column)}${row}, outside of the bill.`,
      );
    const index = this.rows.get(row);
    const cell = index === undefined ? null : this.sheet.rows[index]!.cells[slot]!;
    if (cell === null) return null;
    if (typeof cell !== 'string') {
      if (spot.skipsSubtotals && /^=?\s*SUBTOTAL\(/i.test(cell.text)) return null;
      return this.lineProduct(cell, column, row) ?? this.compute(cell, column, row);
    }
    const text = cell.trim() === '' ? '0' : decimalText(cell);
    return text === null
      ? this.refuse(
          spot.column,
          spot.row,
          `the formula uses ${columnLetters(column)}${row}, which is no number.`,
        )
      : Rational.from(text);
  }

  /** The usual formula of a line, without a parser; null where it is another, or its numbers are formulas. */
  private lineProduct(formula: SheetFormula, column: number, row: number): Rational | null {
    if (this.slots.get(column) !== SLOT.amount) return null;
    const product = ownProduct(formula, row, this.place.columns);
    if (!product) return null;
    const { cells } = this.sheet.rows[this.rows.get(row)!]!;
    const [quantity, unitPrice] = [cells[SLOT.quantity], cells[SLOT.unitPrice]];
    if (quantity === null || unitPrice === null) return Rational.ZERO;
    if (typeof quantity !== 'string' || typeof unitPrice !== 'string') return null;
    const [a, b] = [decimalText(quantity), decimalText(unitPrice)];
    return a === null || b === null ? null : productOf(a, b, product.isRounded);
  }

  private refuse(column: number, row: number, why: string): never {
    const cell = `${columnLetters(column)}${row}`;
    return refuseWorkbook('workbook.formula-forbidden', `Sheet ${this.sheet.name}, cell ${cell}: ${why}`, {
      sheet: this.sheet.name,
      row,
      cell,
    });
  }
}
