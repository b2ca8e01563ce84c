import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bytesEqual,
  concatBytes,
  fromBase64,
  fromBase64Url,
  fromHex,
  fromUtf8,
  toBase64,
  toBase64Url,
  toHex,
  utf8,
} from './bytes.js';

const bytes = fc.uint8Array({ maxLength: 70 });

describe('bytes', () => {
  it('are read back from hex, base64, base64url', () => {
    fc.assert(
      fc.property(bytes, (given) => {
        expect([...fromHex(toHex(given))]).toEqual([...given]);
        expect([...fromBase64(toBase64(given))]).toEqual([...given]);
        expect([...fromBase64Url(toBase64Url(given))]).toEqual([...given]);
        expect(toBase64Url(given)).toBe(Buffer.from(given).toString('base64url'));
      }),
    );
  });

  it('are equal when every one is', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(bytesEqual(a, b)).toBe(toHex(a) === toHex(b));
        expect(bytesEqual(a, a.slice())).toBe(true);
        expect(toHex(concatBytes(a, b))).toBe(toHex(a) + toHex(b));
      }),
    );
  });

  it.each([
    ['padding in base64url', () => fromBase64Url('AA==')],
    ['bits that carry nothing in base64url', () => fromBase64Url('AB')],
    ['plain base64 in base64url', () => fromBase64Url('+/+/')],
    ['base64 without padding', () => fromBase64('AA')],
    ['bits that carry nothing in base64', () => fromBase64('AB==')],
    ['blanks in base64', () => fromBase64('AAAA ')],
    ['half a byte of hex', () => fromHex('abc')],
    ['letters that are no hex', () => fromHex('0g')],
    ['bytes that are no UTF-8', () => fromUtf8(Uint8Array.of(0xc3, 0x28))],
    ['a surrogate in UTF-8', () => fromUtf8(Uint8Array.of(0xed, 0xa0, 0x80))],
  ])('are not read from %s', (_what, read) => {
    expect(read).toThrow();
  });

  it('keep a byte order mark, so that no text loses bytes', () => {
    expect([...utf8(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41)))]).toEqual([0xef, 0xbb, 0xbf, 0x41]);
  });
});
