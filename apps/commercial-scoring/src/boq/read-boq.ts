import type { BoqLine } from './boq-line.js';
import { decimalText } from './decimal-text.js';
import { findHeader, type BoqColumn, type BoqHeader } from './find-header.js';
import { inspectWorkbook } from './inspect-workbook.js';
import { readRows, type RawCell, type RawRows } from './read-rows.js';
import { refuseWorkbook } from './refuse-workbook.js';
import { WORKBOOK_LIMITS } from './workbook-limits.js';

export interface Boq {
  readonly lines: readonly BoqLine[];
}

const TITLES: Readonly<Record<BoqColumn, string>> = {
  no: 'number',
  code: 'code',
  name: 'item',
  unit: 'unit',
  quantity: 'quantity',
  unitPrice: 'unit price',
  amount: 'amount',
};

/** Writers put an apostrophe before text that a spreadsheet could take for a formula; it is none of the text. */
const unescaped = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text);

interface RowReader {
  text(column: BoqColumn): string;
  decimal(column: BoqColumn): string | null;
  isFormula(column: BoqColumn): boolean;
}

function rowReader(cells: readonly (RawCell | null)[], row: number, { columns }: BoqHeader): RowReader {
  const cell = (column: BoqColumn): RawCell | null => {
    const index = columns[column];
    return index === undefined ? null : (cells[index] ?? null);
  };
  const value = (column: BoqColumn): number | string => {
    const found = cell(column);
    if (found?.isFormula)
      refuseWorkbook(
        'workbook.formula-forbidden',
        `Row ${row}: replace the formula for the ${TITLES[column]} by its value.`,
        { row, column },
      );
    return found?.value ?? '';
  };
  return {
    isFormula: (column) => cell(column)?.isFormula ?? false,
    text: (column) => {
      const found = value(column);
      return unescaped(typeof found === 'number' ? (decimalText(found) ?? String(found)) : found.trim());
    },
    decimal: (column) => {
      const found = value(column);
      if (typeof found === 'string' && found.trim() === '') return null;
      return (
        decimalText(found) ??
        refuseWorkbook(
          'workbook.number-invalid',
          `Row ${row}: the ${TITLES[column]} is not a plain number.`,
          { row, column, found },
        )
      );
    },
  };
}

function lineOf(reader: RowReader, row: number): BoqLine {
  return {
    row,
    code: reader.text('code'),
    name: reader.text('name'),
    unit: reader.text('unit'),
    quantity:
      reader.decimal('quantity') ??
      refuseWorkbook('workbook.number-invalid', `Row ${row}: the quantity is blank.`, {
        row,
        column: 'quantity',
      }),
    unitPrice: reader.decimal('unitPrice'),
    amount: reader.isFormula('amount') ? null : reader.decimal('amount'),
  };
}

function linesOf(rows: RawRows): BoqLine[] {
  const header = findHeader(rows);
  const lines: BoqLine[] = [];
  let endRow: number | undefined;
  for (let index = header.rowIndex + 1; index < rows.length; index++) {
    const row = index + 1;
    const reader = rowReader(rows[index] ?? [], row, header);
    if (reader.text('code') === '') endRow ??= row;
    else if (endRow !== undefined)
      refuseWorkbook(
        'workbook.layout-invalid',
        `Row ${row} has a code, but the lines ended at row ${endRow}.`,
        { row, endRow },
      );
    else if (lines.length === WORKBOOK_LIMITS.linesMax)
      refuseWorkbook('workbook.lines-too-many', `At most ${WORKBOOK_LIMITS.linesMax} lines are read.`, {
        row,
      });
    else lines.push(lineOf(reader, row));
  }
  return lines;
}

/**
 * The lines of a bill of quantities from an .xlsx workbook of anyone: first sheet, a header row (see
 * `findHeader`), then one line a row until the first row without a code; a code below that is refused rather than
 * overlooked. Numbers are exact decimal text. Formulas are never evaluated and their cached results never used:
 * in the amount column they count as blank, in any other they are refused.
 *
 * Throws what `inspectWorkbook` and `readRows` throw, and `workbook.header-invalid`, `workbook.layout-invalid`,
 * `workbook.lines-too-many`, `workbook.number-invalid`, `workbook.formula-forbidden`, each with the row.
 */
export async function readBoq(bytes: Uint8Array): Promise<Boq> {
  return { lines: linesOf(await readRows(await inspectWorkbook(bytes))) };
}
