import { type Rational } from '#kernel';
import { BOQ_COLUMNS, type BoqColumn, COLUMN_TITLES, SLOT } from './boq-column.js';
import type { BoqLine, BoqSheet, BoqTotal } from './boq-line.js';
import { decimalText } from './decimal-text.js';
import { columnNamed } from './find-header.js';
import { ownProduct } from './formula/own-product.js';
import { type FormulaBudget, SheetCalculator } from './formula/sheet-calculator.js';
import { refuseWorkbook } from './refuse-workbook.js';
import { totalKind } from './total-words.js';
import { columnLetters } from './workbook/cell-ref.js';
import type { BillSheet } from './workbook/read-sheet.js';
import type { SheetCell, SheetFormula, SheetRow } from './workbook/sheet-cell.js';
import { WORKBOOK_LIMITS } from './workbook-limits.js';

/** Writers put an apostrophe before text that a spreadsheet could take for a formula; it is none of the text. */
const unescaped = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text);

/** Lines and totals of a workbook, as they grow sheet by sheet. */
export interface LinesRead {
  readonly lines: BoqLine[];
  readonly totals: BoqTotal[];
}

class SheetLines {
  readonly place: BoqSheet;
  private readonly calculator: SheetCalculator;
  /** Where a subtotal may begin: after the one before, and at headings since. */
  private begins: number[];
  private readonly sheetBegins: number;

  constructor(
    private readonly sheet: BillSheet,
    budget: FormulaBudget,
    private readonly read: LinesRead,
  ) {
    const { columns } = sheet.header;
    this.place = {
      name: sheet.name,
      columns: Object.fromEntries(
        BOQ_COLUMNS.flatMap((column) =>
          columns[column] === undefined ? [] : [[column, columnLetters(columns[column])]],
        ),
      ),
    };
    this.calculator = new SheetCalculator(sheet, this.place, budget);
    this.sheetBegins = read.lines.length;
    this.begins = [this.sheetBegins];
  }

  take(row: SheetRow): void {
    const code = this.text(row, 'code');
    const name = this.text(row, 'name');
    const kind =
      totalKind(code) ?? totalKind(this.text(row, 'no')) ?? (code === '' ? totalKind(name) : undefined);
    if (kind !== undefined) this.addTotal(row, kind, code || name || this.text(row, 'no'));
    else if (code !== '' && columnNamed(code) === 'code' && columnNamed(name) === 'name') return;
    else if (code !== '') this.addLine(row, code, name);
    else this.heading(row);
  }

  /** A row without a code holds no money: else a line would be overlooked. */
  private heading(row: SheetRow): void {
    const held = (['quantity', 'unitPrice', 'amount'] as const).find((column) => this.isFilled(row, column));
    if (held !== undefined)
      this.refuse(
        'workbook.layout-invalid',
        row,
        held,
        `there is a ${COLUMN_TITLES[held]}, but the row has no code.`,
      );
    if (this.begins.at(-1) !== this.read.lines.length) this.begins.push(this.read.lines.length);
  }

  private isFilled({ cells }: SheetRow, column: BoqColumn): boolean {
    const cell = cells[SLOT[column]]!;
    return typeof cell === 'string' ? cell.trim() !== '' : cell !== null;
  }

  private addLine(row: SheetRow, code: string, name: string): void {
    if (this.read.lines.length === WORKBOOK_LIMITS.linesMax)
      this.refuse(
        'workbook.lines-too-many',
        row,
        'code',
        `at most ${WORKBOOK_LIMITS.linesMax} lines are read.`,
      );
    const quantity = this.decimal(row, 'quantity');
    if (quantity === null)
      return this.refuse('workbook.number-invalid', row, 'quantity', 'the quantity is blank.');
    const unitPrice = this.decimal(row, 'unitPrice');
    this.read.lines.push({
      sheet: this.place,
      row: row.row,
      code,
      name,
      unit: this.text(row, 'unit'),
      quantity,
      unitPrice,
      amount: this.isProduct(row) ? null : this.decimal(row, 'amount'),
    });
  }

  private addTotal(row: SheetRow, kind: BoqTotal['kind'], label: string): void {
    const cell = row.cells[SLOT.amount]!;
    const to = this.read.lines.length;
    const from =
      kind === 'grand-total' ? [0] : kind === 'total' ? [this.sheetBegins] : this.begins.toReversed();
    const amount =
      cell !== null && typeof cell !== 'string'
        ? this.computed(cell, row, 'amount').toString()
        : this.decimal(row, 'amount');
    this.read.totals.push({
      sheet: this.place,
      row: row.row,
      kind,
      label,
      amount,
      from: from.slice(0, 16),
      to,
    });
    if (kind === 'subtotal') this.begins = [to];
  }

  /** Quantity × unit price of its own row: it states nothing of its own. */
  private isProduct({ row, cells }: SheetRow): boolean {
    const cell = cells[SLOT.amount]!;
    return cell !== null && typeof cell !== 'string' && ownProduct(cell, row, this.place.columns) !== null;
  }

  private text(row: SheetRow, column: BoqColumn): string {
    const cell: SheetCell = row.cells[SLOT[column]]!;
    if (cell === null) return '';
    if (typeof cell !== 'string') {
      if (column === 'no') return '';
      return this.refuse(
        'workbook.formula-forbidden',
        row,
        column,
        `replace the formula for the ${COLUMN_TITLES[column]} by its value.`,
      );
    }
    return unescaped(cell.trim());
  }

  private decimal(row: SheetRow, column: BoqColumn): string | null {
    const cell = row.cells[SLOT[column]]!;
    if (cell === null) return null;
    if (typeof cell === 'string') {
      if (cell.trim() === '') return null;
      return decimalText(cell) ?? this.refuseNumber(row, column, cell);
    }
    return (
      exactDecimal(this.computed(cell, row, column)) ??
      this.refuse('workbook.formula-forbidden', row, column, 'the formula gives no decimal; use ROUND.')
    );
  }

  private computed(formula: SheetFormula, row: SheetRow, column: BoqColumn): Rational {
    return this.calculator.compute(formula, this.sheet.header.columns[column]!, row.row);
  }

  private refuseNumber(row: SheetRow, column: BoqColumn, found: string): never {
    const shown = found.length > 40 ? `${found.slice(0, 40)}…` : found;
    return this.refuse(
      'workbook.number-invalid',
      row,
      column,
      `the ${COLUMN_TITLES[column]} “${shown}” is not a plain number such as 1234.56 or 1,234.56.`,
      { found: shown },
    );
  }

  private refuse(
    code: Parameters<typeof refuseWorkbook>[0],
    { row }: SheetRow,
    column: BoqColumn,
    why: string,
    details: Readonly<Record<string, unknown>> = {},
  ): never {
    const cell = `${this.place.columns[column] ?? ''}${row}`;
    return refuseWorkbook(code, `Sheet ${this.sheet.name}, cell ${cell}: ${why}`, {
      sheet: this.sheet.name,
      row,
      column,
      cell,
      ...details,
    });
  }
}

/** The value as decimal text of at most 40 characters; undefined where it has none. */
function exactDecimal(value: Rational): string | undefined {
  for (let digits = 0; digits <= 30; digits++) {
    const rounding = { digits, mode: 'half-up' } as const;
    if (!value.round(rounding).equals(value)) continue;
    const text = value.toFixed(rounding);
    return text.length <= 40 ? text : undefined;
  }
  return undefined;
}

/**
 * Adds the lines and totals of one sheet to those of the sheets before it: a row with a code is a line, a row with a
 * word for a sum a total, a header that a page repeats nothing, any other row a heading, which may hold no number.
 * Throws `workbook.layout-invalid`, `workbook.number-invalid`, `workbook.formula-forbidden`,
 * `workbook.lines-too-many`, `workbook.too-complex`, each with sheet and cell.
 */
export function readLines(sheet: BillSheet, budget: FormulaBudget, read: LinesRead): BoqSheet {
  const lines = new SheetLines(sheet, budget, read);
  for (const row of sheet.rows) lines.take(row);
  return lines.place;
}
