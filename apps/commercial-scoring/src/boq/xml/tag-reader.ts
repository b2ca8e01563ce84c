import { COLUMNS_MAX, ROWS_MAX } from '../workbook/cell-ref.js';
import { malformedXml } from './malformed-xml.js';
import { characterData, pieceOf, utf8Text, type XmlPiece } from './xml-text.js';

/** The attributes of an open tag. */
export interface XmlTag {
  /** Value of an attribute by its whole name, references resolved. One that stands twice is refused. */
  attribute(name: string): string | undefined;
  /**
   * Value of an attribute that names a cell, such as `AB12`: row × 16,384 + column, the column from 0. Undefined where
   * there is none, −1 where it is no cell of a sheet.
   */
  cell(name: string): number | undefined;
}

const ATTRIBUTES_MAX = 256;
const [GT, SLASH, EQUALS, DOUBLE, SINGLE, LT] = [0x3e, 0x2f, 0x3d, 0x22, 0x27, 0x3c];
const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
const endsName = (byte: number): boolean =>
  byte <= 0x20 ||
  byte === EQUALS ||
  byte === GT ||
  byte === SLASH ||
  byte === LT ||
  byte === DOUBLE ||
  byte === SINGLE;

/** Names of one character are most of what a sheet consists of. */
const SHORT_NAMES = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/** Straight from the bytes: a sheet names every cell of its own. */
function cellNumber(bytes: Buffer, from: number, to: number): number {
  let at = from;
  let column = 0;
  for (; at < to && bytes[at]! >= 0x41 && bytes[at]! <= 0x5a; at++) column = column * 26 + bytes[at]! - 64;
  const digits = at;
  let row = 0;
  for (; at < to && bytes[at]! >= 0x30 && bytes[at]! <= 0x39; at++) row = row * 10 + bytes[at]! - 48;
  const isCell =
    at === to &&
    to - from <= 10 &&
    digits > from &&
    bytes[digits]! > 0x30 &&
    digits < to &&
    column <= COLUMNS_MAX &&
    row <= ROWS_MAX;
  return isCell ? row * COLUMNS_MAX + column - 1 : -1;
}

/** Reads one open tag after the other without making strings of what nobody asks for. */
export class TagReader implements XmlTag {
  name = '';
  isEmpty = false;
  private piece: XmlPiece = pieceOf(Buffer.alloc(0));
  private count = 0;
  /** Four places of each attribute: name from, to, value from, to. */
  private readonly places = new Int32Array(4 * ATTRIBUTES_MAX);

  /** Reads the tag whose name begins at `from`; where it ends, or −1 where its end has not come yet. */
  read(piece: XmlPiece, from: number): number {
    const { bytes } = piece;
    const { length } = bytes;
    let at = from;
    while (at < length && !endsName(bytes[at]!)) at++;
    if (at === length) return -1;
    this.piece = piece;
    this.count = 0;
    this.name = this.nameOf(piece, from, at);
    for (;;) {
      const begin = at;
      while (at < length && isBlank(bytes[at]!)) at++;
      if (at + 1 >= length && bytes[at] !== GT) return -1;
      if (bytes[at] === GT) {
        this.isEmpty = false;
        return at + 1;
      }
      if (bytes[at] === SLASH) {
        if (bytes[at + 1] !== GT) malformedXml('a / stands alone in a tag');
        this.isEmpty = true;
        return at + 2;
      }
      if (begin === at) malformedXml('attributes are not apart');
      at = this.readAttribute(bytes, at);
      if (at < 0) return -1;
    }
  }

  attribute(name: string): string | undefined {
    const found = this.indexOf(name);
    return found < 0
      ? undefined
      : characterData(this.piece, this.places[4 * found + 2]!, this.places[4 * found + 3]!);
  }

  cell(name: string): number | undefined {
    const found = this.indexOf(name);
    return found < 0
      ? undefined
      : cellNumber(this.piece.bytes, this.places[4 * found + 2]!, this.places[4 * found + 3]!);
  }

  private indexOf(name: string): number {
    let found = -1;
    for (let index = 0; index < this.count; index++) {
      if (!this.isNamed(index, name)) continue;
      if (found >= 0) malformedXml(`the attribute ${name} stands twice`);
      found = index;
    }
    return found;
  }

  /** Whether the tag declares the namespace of a prefix (of none: the default) anew. */
  rebinds(prefix: string): boolean {
    if (this.count === 0) return false;
    return this.attribute(prefix === '' ? 'xmlns' : `xmlns:${prefix}`) !== undefined;
  }

  nameOf(piece: XmlPiece, from: number, to: number): string {
    const first = piece.bytes[from]!;
    if (to - from === 1 && first < 128) return SHORT_NAMES[first]!;
    if (to === from) malformedXml('a tag has no name');
    return utf8Text(piece, from, to);
  }

  private isNamed(index: number, name: string): boolean {
    const from = this.places[4 * index]!;
    if (this.places[4 * index + 1]! - from !== name.length) return false;
    const { bytes } = this.piece;
    for (let at = 0; at < name.length; at++) if (bytes[from + at] !== name.charCodeAt(at)) return false;
    return true;
  }

  private readAttribute(bytes: Buffer, from: number): number {
    const { length } = bytes;
    let at = from;
    while (at < length && !endsName(bytes[at]!)) at++;
    const nameTo = at;
    while (at < length && isBlank(bytes[at]!)) at++;
    if (at === length) return -1;
    if (bytes[at] !== EQUALS || nameTo === from) malformedXml('an attribute has no value');
    at++;
    while (at < length && isBlank(bytes[at]!)) at++;
    if (at === length) return -1;
    const quote = bytes[at]!;
    if (quote !== DOUBLE && quote !== SINGLE) malformedXml('the value of an attribute stands without quotes');
    const valueFrom = ++at;
    while (at < length && bytes[at] !== quote) if (bytes[at++] === LT) malformedXml('a < stands in a value');
    if (at === length) return -1;
    if (this.count === ATTRIBUTES_MAX) malformedXml(`a tag has more than ${ATTRIBUTES_MAX} attributes`);
    const place = 4 * this.count++;
    this.places[place] = from;
    this.places[place + 1] = nameTo;
    this.places[place + 2] = valueFrom;
    this.places[place + 3] = at;
    return at + 1;
  }
}
