/**
 * Recognises JSON that is certainly canonical (RFC 8785) in UTF-8, in one pass over the bytes and without building
 * anything. Each function reads one thing at `at` and gives the position behind it, or `NO` where it is not
 * certain: for text that is not canonical, and for rare canonical text (names with escapes or beyond ASCII,
 * fractions, whole numbers of more than 15 digits, more than 32 levels), which the caller checks in another way.
 */
export const NO = -1;

const LEVELS_MAX = 32;
const DIGITS_MAX = 15;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const ZERO = 0x30;

/** 1 for what stands in a JSON text as itself and in one byte: 0x20 to 0x7f without quote and backslash. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x80 && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
);
/** 1 for the second byte of the escapes of two bytes: \" \\ \b \f \n \r \t (RFC 8785 never writes \/). */
const SHORT_ESCAPE = Uint8Array.from({ length: 256 }, (_, byte) =>
  '"\\bfnrt'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= 0x39;

/** These very bytes. */
export function skipLiteral(bytes: Uint8Array, at: number, literal: Uint8Array): number {
  if (at < 0 || at + literal.length > bytes.length) return NO;
  for (let i = 0; i < literal.length; i++) if (bytes[at + i] !== literal[i]) return NO;
  return at + literal.length;
}

/** A text with its quotes. */
export function skipText(bytes: Uint8Array, at: number): number {
  const end = bytes.length;
  if (at < 0 || at >= end || bytes[at] !== QUOTE) return NO;
  let i = skipPlainFours(bytes, at + 1);
  while (i < end) {
    const byte = bytes[i]!;
    if (PLAIN[byte] === 1) i += 1;
    else if (byte === QUOTE) return i + 1;
    else {
      i = byte === BACKSLASH ? skipEscape(bytes, i) : skipCharacter(bytes, i);
      if (i < 0) return NO;
    }
  }
  return NO;
}

/**
 * Leaps over four plain bytes at a time, for long texts. The high bit of a byte in the sum tells that it is 0x80 or
 * more, below 0x20, a quote or a backslash; a borrow may tell so of the byte above one of these, never hide one.
 */
function skipPlainFours(bytes: Uint8Array, at: number): number {
  const last = bytes.length - 4;
  let i = at;
  for (; i <= last; i += 4) {
    const four = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    const quotes = (four ^ 0x22222222) - 0x01010101;
    const backslashes = (four ^ 0x5c5c5c5c) - 0x01010101;
    if (((four | (four - 0x20202020) | quotes | backslashes) & 0x80808080) !== 0) break;
  }
  return i;
}

/** Of the long escapes RFC 8785 writes only those of control characters without a short one, in lower case. */
function skipEscape(bytes: Uint8Array, at: number): number {
  if (at + 1 >= bytes.length) return NO;
  const kind = bytes[at + 1]!;
  if (SHORT_ESCAPE[kind] === 1) return at + 2;
  if (kind !== 0x75 || at + 6 > bytes.length) return NO;
  const text = String.fromCharCode(bytes[at + 2]!, bytes[at + 3]!, bytes[at + 4]!, bytes[at + 5]!);
  return /^00(?:0[0-7bef]|1[0-9a-f])$/.test(text) ? at + 6 : NO;
}

/** A character of two to four bytes, by the table of well-formed UTF-8 (Unicode 3-7): no surrogates, none too long. */
function skipCharacter(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0xc2 || lead > 0xf4) return NO;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (at + length > bytes.length) return NO;
  const second = bytes[at + 1]!;
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return NO;
  for (let i = 2; i < length; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return NO;
  return at + length;
}

/** A whole number of up to 15 digits. */
export function skipWhole(bytes: Uint8Array, at: number): number {
  if (at < 0 || at >= bytes.length) return NO;
  const isNegative = bytes[at] === 0x2d;
  const first = isNegative ? at + 1 : at;
  let i = first;
  while (i < bytes.length && isDigit(bytes[i])) i += 1;
  if (i === first || i - first > DIGITS_MAX) return NO;
  if (bytes[first] === ZERO && (isNegative || i - first > 1)) return NO;
  return i;
}

const NULL = Uint8Array.from('null', (letter) => letter.charCodeAt(0));
const TRUE = Uint8Array.from('true', (letter) => letter.charCodeAt(0));
const FALSE = Uint8Array.from('false', (letter) => letter.charCodeAt(0));

/** Any value; `levels` is how deep it stands. */
function skipValue(bytes: Uint8Array, at: number, levels: number): number {
  switch (bytes[at]) {
    case QUOTE:
      return skipText(bytes, at);
    case 0x7b:
      return skipObject(bytes, at, levels + 1);
    case 0x5b:
      return skipList(bytes, at, levels + 1);
    case 0x6e:
      return skipLiteral(bytes, at, NULL);
    case 0x74:
      return skipLiteral(bytes, at, TRUE);
    case 0x66:
      return skipLiteral(bytes, at, FALSE);
    default:
      return skipWhole(bytes, at);
  }
}

function skipList(bytes: Uint8Array, at: number, levels: number): number {
  if (levels > LEVELS_MAX) return NO;
  if (bytes[at + 1] === 0x5d) return at + 2;
  let i = at;
  do {
    i = skipValue(bytes, i + 1, levels);
    if (i < 0) return NO;
  } while (bytes[i] === COMMA);
  return bytes[i] === 0x5d ? i + 1 : NO;
}

/** An object: names in plain ASCII, each greater than the one before, so none stands twice. */
export function skipObject(bytes: Uint8Array, at: number, levels = 1): number {
  if (at < 0 || bytes[at] !== 0x7b || levels > LEVELS_MAX) return NO;
  if (bytes[at + 1] === 0x7d) return at + 2;
  let i = at;
  let before = NO;
  do {
    const name = i + 1;
    const nameEnd = skipName(bytes, name);
    if (nameEnd < 0 || bytes[nameEnd] !== COLON) return NO;
    if (before >= 0 && !isGreater(bytes, name + 1, before + 1)) return NO;
    before = name;
    i = skipValue(bytes, nameEnd + 1, levels);
    if (i < 0) return NO;
  } while (bytes[i] === COMMA);
  return bytes[i] === 0x7d ? i + 1 : NO;
}

function skipName(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== QUOTE) return NO;
  let i = at + 1;
  while (i < bytes.length && PLAIN[bytes[i]!] === 1) i += 1;
  return bytes[i] === QUOTE ? i + 1 : NO;
}

/** Compares two names up to their quotes; in ASCII the order of bytes is that of UTF-16 units. */
function isGreater(bytes: Uint8Array, name: number, before: number): boolean {
  for (let i = 0; ; i++) {
    const a = bytes[name + i]!;
    const b = bytes[before + i]!;
    if (b === QUOTE) return a !== QUOTE;
    if (a === QUOTE) return false;
    if (a !== b) return a > b;
  }
}
