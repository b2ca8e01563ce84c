import { malformedXml } from './malformed-xml.js';

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}));|&/g;
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function referred(decimal: string | undefined, hex: string | undefined, name: string | undefined): string {
  if (name !== undefined) return NAMED[name] ?? malformedXml(`the entity &${name}; is not declared`);
  const code = parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
  const isCharacter =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 32 && code < 0xd800) ||
    (code > 0xdfff && code < 0x110000);
  return isCharacter ? String.fromCodePoint(code) : malformedXml('a character reference means no character');
}

/** Bytes of a part, and the same bytes read as one character each. */
export interface XmlPiece {
  readonly bytes: Buffer;
  readonly latin: string;
}

export const pieceOf = (bytes: Buffer): XmlPiece => ({ bytes, latin: bytes.toString('latin1') });

/** A longer part of a string keeps the whole string alive in V8; a shorter one is copied, and fast. */
const COPIED_MAX = 12;

function isAscii(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at]! > 127) return false;
  return true;
}

/** Text of UTF-8 bytes, as a string that keeps nothing else alive. Bytes that are no UTF-8 are refused. */
export function utf8Text({ bytes, latin }: XmlPiece, from: number, to: number): string {
  if (to - from <= COPIED_MAX && isAscii(bytes, from, to)) return latin.slice(from, to);
  const text = bytes.toString('utf8', from, to);
  if (!text.includes('\ufffd')) return text;
  try {
    return STRICT.decode(bytes.subarray(from, to));
  } catch {
    return malformedXml('the text is not written in UTF-8');
  }
}

/** Character data with its references resolved: the five of XML and numbers; there are no other entities. */
export function characterData(piece: XmlPiece, from: number, to: number): string {
  const text = utf8Text(piece, from, to);
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (_, decimal?: string, hex?: string, name?: string) =>
    decimal === undefined && hex === undefined && name === undefined
      ? malformedXml('a & begins no reference')
      : referred(decimal, hex, name),
  );
}
