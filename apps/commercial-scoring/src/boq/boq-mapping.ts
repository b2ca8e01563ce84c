import { BOQ_COLUMNS, type BoqColumn, REQUIRED_COLUMNS } from './boq-column.js';
import type { BoqHeader } from './find-header.js';
import { refuseWorkbook } from './refuse-workbook.js';
import { cellRef } from './workbook/cell-ref.js';

/** Where the lines of one sheet stand, given by hand where its header has other words. */
export interface SheetMapping {
  readonly sheet: string;
  /** The last row above the lines, from 1. */
  readonly headerRow: number;
  /** Letters of the columns: `{ code: 'B', … }`. */
  readonly columns: Readonly<Partial<Record<BoqColumn, string>>>;
}

/**
 * The header that a mapping stands for. Throws `workbook.header-invalid` where it leaves out code, item, unit or
 * quantity, names one place twice, or names none of a sheet.
 */
export function mappedHeader({ sheet, headerRow, columns }: SheetMapping): BoqHeader {
  const wrong = (why: string): never =>
    refuseWorkbook('workbook.header-invalid', `The mapping of the sheet ${sheet} ${why}.`, { sheet });
  const missing = REQUIRED_COLUMNS.filter((column) => columns[column] === undefined);
  if (missing.length > 0) wrong(`leaves out ${missing.join(', ')}`);
  const places = new Map<BoqColumn, number>();
  for (const column of BOQ_COLUMNS) {
    const letters = columns[column];
    if (letters === undefined) continue;
    const place = cellRef(`${letters}1`)?.column;
    if (place === undefined) wrong(`names ${letters}, which is no column`);
    else if ([...places.values()].includes(place)) wrong(`names ${letters} twice`);
    else places.set(column, place);
  }
  return { row: headerRow, columns: Object.fromEntries(places) };
}
