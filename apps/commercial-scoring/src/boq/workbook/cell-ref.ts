/** Columns count from 0 here, rows from 1 as in a sheet. */
export interface CellRef {
  readonly column: number;
  readonly row: number;
}

export const COLUMNS_MAX = 16_384;
export const ROWS_MAX = 1_048_576;
const REF = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/;

/** `AB` as 27. */
function columnOf(letters: string): number {
  let column = 0;
  for (let at = 0; at < letters.length; at++) column = column * 26 + letters.charCodeAt(at) - 64;
  return column - 1;
}

/** 27 as `AB`. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/** `$AB$12` and `AB12`; undefined for anything that is no cell of a sheet. */
export function cellRef(text: string): CellRef | undefined {
  const found = REF.exec(text);
  if (!found) return undefined;
  const ref = { column: columnOf(found[1]!), row: +found[2]! };
  return ref.column < COLUMNS_MAX && ref.row <= ROWS_MAX ? ref : undefined;
}
