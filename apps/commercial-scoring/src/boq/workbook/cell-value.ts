import { decimalText } from '../decimal-text.js';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/;
/** At most 15 digits and no zero at the end: the shortest decimal of its double is itself. */
const SHORT = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;
const INDEX = /^\d{1,7}$/;

/**
 * What a cell without a formula says, by its type: a number as the exact decimal that the author saw (as stored where
 * it has none of at most 40 characters), text as text, a truth value or an error by its word. Blank is null;
 * `undefined` means that the file is not sound.
 */
export function cellValue(type: string, raw: string, shared: readonly string[]): string | null | undefined {
  switch (type) {
    case 'n': {
      const text = raw.trim();
      if (text === '') return null;
      if (text.length <= 16 && text !== '-0' && SHORT.test(text)) return text;
      return NUMBER.test(text) ? (decimalText(+text) ?? text) : undefined;
    }
    case 's':
      return INDEX.test(raw.trim()) ? shared[+raw] : undefined;
    case 'b':
      return raw.trim() === '1' ? 'TRUE' : 'FALSE';
    case 'str':
    case 'e':
    case 'd':
      return raw;
    default:
      return undefined;
  }
}
