import { type CellRef, cellRef } from '../workbook/cell-ref.js';

/** The part of spreadsheet formulas that a bill needs. Cells are where the author wrote them, before any shift. */
export type Formula =
  | { readonly is: 'number'; readonly text: string }
  | { readonly is: 'cell'; readonly at: CellRef; readonly fixedColumn: boolean; readonly fixedRow: boolean }
  | { readonly is: 'range'; readonly from: Formula & { is: 'cell' }; readonly to: Formula & { is: 'cell' } }
  | { readonly is: 'negative'; readonly of: Formula }
  | {
      readonly is: 'binary';
      readonly sign: '+' | '-' | '*' | '/';
      readonly left: Formula;
      readonly right: Formula;
    }
  | { readonly is: 'call'; readonly name: FormulaFunction; readonly arguments: readonly Formula[] };

export const FUNCTIONS = ['ROUND', 'ROUNDUP', 'ROUNDDOWN', 'SUM', 'SUBTOTAL', 'PRODUCT'] as const;
export type FormulaFunction = (typeof FUNCTIONS)[number];

const TOKEN =
  /\s*(\d+(?:\.\d+)?(?![A-Za-z\d])|\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?![A-Za-z\d(])|[A-Z]+(?=\()|[-+*/(),:%])\s*/y;
const DEPTH_MAX = 32;

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  const upper = text.toUpperCase();
  for (let at = 0; at < upper.length;) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(upper);
    if (!found) return undefined;
    tokens.push(found[1]!);
    at = TOKEN.lastIndex;
  }
  return tokens;
}

class Refused extends Error {}

/** Recursive descent; percent and sign bind as in spreadsheets, where no power stands. */
class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  whole(): Formula {
    const formula = this.sum(0);
    if (this.at < this.tokens.length) throw new Refused();
    return formula;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private sum(depth: number): Formula {
    let left = this.product(depth);
    for (;;) {
      const sign = this.take('+') ? '+' : this.take('-') ? '-' : null;
      if (sign === null) return left;
      left = { is: 'binary', sign, left, right: this.product(depth) };
    }
  }

  private product(depth: number): Formula {
    let left = this.signed(depth);
    for (;;) {
      const sign = this.take('*') ? '*' : this.take('/') ? '/' : null;
      if (sign === null) return left;
      left = { is: 'binary', sign, left, right: this.signed(depth) };
    }
  }

  private signed(depth: number): Formula {
    if (depth > DEPTH_MAX) throw new Refused();
    if (this.take('-')) return { is: 'negative', of: this.signed(depth + 1) };
    if (this.take('+')) return this.signed(depth + 1);
    let value = this.value(depth + 1);
    while (this.take('%'))
      value = { is: 'binary', sign: '/', left: value, right: { is: 'number', text: '100' } };
    return value;
  }

  private value(depth: number): Formula {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new Refused();
    if (token === '(') return this.closed(this.sum(depth));
    if (/^\d/.test(token)) return { is: 'number', text: token.replace(/^0+(?=\d)/, '') };
    const name = FUNCTIONS.find((one) => one === token);
    if (name !== undefined) return this.call(name, depth);
    const from = cellOf(token);
    if (!this.take(':')) return from;
    return { is: 'range', from, to: cellOf(this.tokens[this.at++] ?? '') };
  }

  private call(name: FormulaFunction, depth: number): Formula {
    if (!this.take('(')) throw new Refused();
    const list = [this.sum(depth)];
    while (this.take(',')) list.push(this.sum(depth));
    return this.closed({ is: 'call', name, arguments: list });
  }

  private closed(formula: Formula): Formula {
    if (!this.take(')')) throw new Refused();
    return formula;
  }
}

function cellOf(token: string): Formula & { is: 'cell' } {
  const at = cellRef(token);
  if (!at) throw new Refused();
  return { is: 'cell', at, fixedColumn: token.startsWith('$'), fixedRow: token.lastIndexOf('$') > 0 };
}

/**
 * A formula of numbers, cells of its own sheet, `+ − × ÷ %`, ROUND, ROUNDUP, ROUNDDOWN, SUM, SUBTOTAL and PRODUCT, or
 * undefined for every other: names, other sheets, text, powers, conditions.
 */
export function parseFormula(text: string): Formula | undefined {
  const tokens = tokensOf(text.replace(/^=/, ''));
  if (!tokens) return undefined;
  try {
    return new Parser(tokens).whole();
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}
