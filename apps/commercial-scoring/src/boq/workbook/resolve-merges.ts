import { BOQ_COLUMNS, type BoqColumn, COLUMN_TITLES, SLOT } from '../boq-column.js';
import { refuseWorkbook } from '../refuse-workbook.js';
import { WORKBOOK_LIMITS } from '../workbook-limits.js';
import { columnLetters } from './cell-ref.js';
import type { BillSheet } from './read-sheet.js';
import type { MergedRange, SheetRow } from './sheet-cell.js';

const NUMBERS: readonly BoqColumn[] = ['quantity', 'unitPrice', 'amount'];

function refuseAt({ name }: BillSheet, column: number, row: number, why: string): never {
  const cell = `${columnLetters(column)}${row}`;
  return refuseWorkbook('workbook.merge-forbidden', `Sheet ${name}, cell ${cell}: ${why}`, {
    sheet: name,
    row,
    cell,
  });
}

/** Index of the first row at or below this one. */
function firstAt(rows: readonly SheetRow[], row: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]!.row < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Fills one column of one range; how many cells it looked at. */
function resolveColumn(sheet: BillSheet, range: MergedRange, column: BoqColumn, place: number): number {
  const slot = SLOT[column];
  const first = firstAt(sheet.rows, range.top);
  const isFirstThere = sheet.rows[first]?.row === range.top;
  const shown = isFirstThere && place === range.left ? sheet.rows[first]!.cells[slot]! : null;
  let index = isFirstThere && place === range.left ? first + 1 : first;
  for (; (sheet.rows[index]?.row ?? Infinity) <= range.bottom; index++) {
    const { row, cells } = sheet.rows[index]!;
    if (cells[slot] !== null)
      refuseAt(sheet, place, row, 'a value is hidden under merged cells; split them.');
    if (shown === null) continue;
    if (NUMBERS.includes(column))
      refuseAt(
        sheet,
        place,
        row,
        `one ${COLUMN_TITLES[column]} stands for several rows; split the merged cells.`,
      );
    cells[slot] = shown;
  }
  return index - first;
}

/**
 * Gives every row what a person reads there: a text that is merged downwards stands in each of its rows. A quantity,
 * price or amount over several rows, and a value that merged cells hide, is refused with its cell. The ranges are never
 * expanded beyond rows that are there. Throws `workbook.merge-forbidden`, `workbook.too-complex`.
 */
export function resolveMerges(sheet: BillSheet): void {
  let looked = 0;
  for (const range of sheet.merges) {
    if (range.bottom <= sheet.header.row) continue;
    const below = { ...range, top: Math.max(range.top, sheet.header.row + 1) };
    for (const column of BOQ_COLUMNS) {
      const place = sheet.header.columns[column];
      if (place === undefined || place < range.left || place > range.right) continue;
      looked += resolveColumn(sheet, below, column, place) + 1;
      if (looked > WORKBOOK_LIMITS.mergedCellsMax)
        refuseWorkbook('workbook.too-complex', `Sheet ${sheet.name}: merged ranges cover too many cells.`, {
          sheet: sheet.name,
        });
    }
  }
}
