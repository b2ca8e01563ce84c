/** One line of a bill of quantities as it stands in a workbook. */
export interface BoqLine {
  /** Row number in the sheet, from 1, for messages to people. */
  readonly row: number;
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  /** Decimal text, exact. */
  readonly quantity: string;
  /** Decimal text; null where the cell is blank. */
  readonly unitPrice: string | null;
  /** Decimal text as the author typed it; null where blank or a formula, which is computed anew instead. */
  readonly amount: string | null;
}
