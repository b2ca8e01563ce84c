/** A formula as the author wrote it, for the cell that it was written for. */
export interface SheetFormula {
  readonly text: string;
  /** How far the cell is from the one that the text was written for; not 0 only for shared formulas. */
  readonly rowShift: number;
  readonly columnShift: number;
}

/** Text, a number as its exact decimal text, a formula without any result, or nothing. */
export type SheetCell = string | SheetFormula | null;

export interface SheetRow {
  /** From 1. */
  readonly row: number;
  /** By `SLOT` of the column. */
  readonly cells: SheetCell[];
}

/** Rows from 1, columns from 0; both ends belong to it. */
export interface MergedRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}
