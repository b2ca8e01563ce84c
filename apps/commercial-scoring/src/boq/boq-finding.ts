import type { BoqColumn } from './boq-column.js';
import { type BoqLine, type BoqTotal, cellOf } from './boq-line.js';

export type BoqFindingCode =
  | 'line.missing'
  | 'line.extra'
  | 'line.duplicate'
  | 'name.changed'
  | 'unit.changed'
  | 'quantity.changed'
  | 'price.blank'
  | 'price.zero'
  | 'price.negative'
  | 'price.over-limit'
  | 'price.unbalanced'
  | 'amount.wrong'
  | 'subtotal.differs'
  | 'total.differs';

export interface BoqFinding {
  readonly code: BoqFindingCode;
  /** A `flag` is allowed and told to the evaluators: a zero price means "included elsewhere". */
  readonly severity: 'error' | 'flag';
  /** Sheet, row and cell in the bidder's workbook; null for what is missing there and for the whole. */
  readonly sheet: string | null;
  readonly row: number | null;
  readonly cell: string | null;
  /** Code of the line; null for a sum. */
  readonly item: string | null;
  readonly message: string;
  /** What the two sides say, as text. */
  readonly expected: string | null;
  readonly found: string | null;
}

export interface Sides {
  readonly expected?: string;
  readonly found?: string;
  readonly severity?: 'flag';
}

/** A finding at a cell of the bidder's workbook. */
export function findingAt(
  code: BoqFindingCode,
  at: BoqLine | BoqTotal,
  column: BoqColumn,
  message: string,
  { expected = undefined, found = undefined, severity = undefined }: Sides = {},
): BoqFinding {
  return {
    code,
    severity: severity ?? 'error',
    sheet: at.sheet.name,
    row: at.row,
    cell: cellOf(at, column),
    item: 'code' in at ? at.code : null,
    message,
    expected: expected ?? null,
    found: found ?? null,
  };
}

/** A finding that no cell of the bidder's workbook has. */
export function findingOfWhole(
  code: BoqFindingCode,
  item: string | null,
  message: string,
  { expected, found }: Sides,
): BoqFinding {
  return {
    code,
    severity: 'error',
    sheet: null,
    row: null,
    cell: null,
    item,
    message,
    expected: expected ?? null,
    found: found ?? null,
  };
}
