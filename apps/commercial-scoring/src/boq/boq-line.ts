import type { BoqColumn } from './boq-column.js';

/** Where a line stands: one object a sheet, shared by its lines. */
export interface BoqSheet {
  readonly name: string;
  /** Letters of the columns. */
  readonly columns: Readonly<Partial<Record<BoqColumn, string>>>;
}

/** One line of a bill of quantities as it stands in a workbook. */
export interface BoqLine {
  readonly sheet: BoqSheet;
  /** Row number in the sheet, from 1, for messages to people. */
  readonly row: number;
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  /** Decimal text, exact. */
  readonly quantity: string;
  /** Decimal text; null where the cell is blank. */
  readonly unitPrice: string | null;
  /** Decimal text as the author stated it; null where blank, or a formula of quantity × unit price. */
  readonly amount: string | null;
}

/** A row that states a sum of lines. */
export interface BoqTotal {
  readonly sheet: BoqSheet;
  readonly row: number;
  /** A `subtotal` closes the lines since the one before, or since a heading; a `total` its sheet; `grand-total` all. */
  readonly kind: 'subtotal' | 'total' | 'grand-total';
  readonly label: string;
  /** Exact value, decimal or `n/d`; null where nothing is stated. */
  readonly amount: string | null;
  /** Indices of lines at which its sum may begin, the nearest first. */
  readonly from: readonly number[];
  /** Index after the last line of its sum. */
  readonly to: number;
}

export interface Boq {
  readonly lines: readonly BoqLine[];
  readonly totals: readonly BoqTotal[];
  /** Sheets with lines. */
  readonly sheets: readonly BoqSheet[];
  /** Names of sheets without a header of a bill: covers, explanations. */
  readonly otherSheets: readonly string[];
}

/** `F12` of a line or total; the row alone where its sheet has no such column. */
export const cellOf = ({ sheet, row }: Pick<BoqLine, 'sheet' | 'row'>, column: BoqColumn): string =>
  `${sheet.columns[column] ?? ''}${row}`;
