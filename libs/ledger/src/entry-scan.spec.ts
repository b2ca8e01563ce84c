import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isInstant, jcsBytes, utf8, type Json } from '#kernel';
import { openEntry } from '../test-support/log-builder.js';
import { decodeEntry, decodeUnsure, encodeEntry, type Entry, type JsonObject } from './entry.js';
import { isSurelyEntry } from './entry-scan.js';

const taken = (bytes: Uint8Array): Entry | undefined => {
  try {
    return decodeUnsure(bytes);
  } catch (error) {
    expect((error as { code?: string }).code).toBe('entry.malformed');
    return undefined;
  }
};

/** The scanner may be unsure, but never sure of what the slow way refuses. */
const expectSound = (bytes: Uint8Array): void => {
  const slow = taken(bytes);
  if (isSurelyEntry(bytes)) expect(slow).toBeDefined();
  if (slow) expect(decodeEntry(bytes)).toEqual(slow);
};

const entries = fc
  .record({
    type: fc.string({ minLength: 1, unit: 'binary' }),
    at: fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
      .map((date) => date.toISOString()),
    producer: fc.string({ minLength: 1 }),
    seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    tender: fc.option(fc.string({ minLength: 1 })),
    actor: fc.option(fc.string({ minLength: 1, unit: 'grapheme' })),
    data: fc
      .dictionary(fc.string(), fc.jsonValue({ stringUnit: 'binary' }))
      .map((data) => data as JsonObject),
  })
  .map((changes) => jcsBytes(openEntry(1, changes)));

const pieces = [
  '"',
  '\\',
  '\\u001f',
  '\\u0041',
  '\\/',
  ',',
  ':',
  '{',
  '}',
  '[',
  ']',
  '0',
  '-',
  '1.5',
  '1e5',
  ' ',
  '\n',
]
  .concat(['null', 'true', '"a":1,', '""', '\u0000', '\u007f', 'é', '标', '\ud83d\ude00', '\u2028', '\ufeff'])
  .map(utf8)
  .concat(
    [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe4, 0xb8], [0x80]].map((b) =>
      Uint8Array.from(b),
    ),
  );

describe('the scanner of entries', () => {
  it('is sure of nothing that the slow way refuses, wherever a byte was changed', () => {
    const samples: Entry[] = [
      openEntry(12, {
        actor: 'a',
        tender: 't',
        clockFactor: 60,
        data: { b: [1, null, '标\n'], 'b!': { c: true } },
      }),
      { v: 1, sealed: 'ab'.repeat(32) },
      { v: 1, sealed: 'ab'.repeat(32), place: '09'.repeat(32) },
    ];
    for (const bytes of samples.map(encodeEntry)) {
      expect(isSurelyEntry(bytes)).toBe(true);
      for (let at = 0; at < bytes.length; at++) {
        // Every fourth value, another four at each place.
        for (let value = at % 4; value < 256; value += 4) expectSound(bytes.with(at, value));
      }
    }
  });

  it('is sure of nothing that the slow way refuses, whatever was put in or taken out', () => {
    fc.assert(
      fc.property(
        entries,
        fc.nat(),
        fc.nat({ max: 5 }),
        fc.constantFrom(...pieces, new Uint8Array(0)),
        (bytes, place, cut, piece) => {
          const at = place % (bytes.length + 1);
          expectSound(bytes);
          expectSound(Uint8Array.of(...bytes.subarray(0, at), ...piece, ...bytes.subarray(at + cut)));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('reads from a place on as it reads the bytes alone', () => {
    const bytes = encodeEntry(openEntry(1));
    expect(isSurelyEntry(Uint8Array.of(0, 0, ...bytes), 2)).toBe(true);
    expect(isSurelyEntry(Uint8Array.of(0, ...bytes, 0), 1)).toBe(false);
  });

  it.each<[string, Json]>([
    ['text beyond ASCII', { a: '标段 é 😀 \u2028\u007f' }],
    ['every escape', { a: '"\\\b\f\n\r\t\u0000\u001f\u0007\u000b' }],
    ['names that begin alike', { '': 1, a: 1, aa: 1, ab: 1, b: 1 }],
    ['numbers, lists and objects', { a: [0, -1, 999_999_999_999_999, [], {}], b: [true, false, null] }],
    ['32 levels', JSON.parse(`{"a":${'['.repeat(30)}${']'.repeat(30)}}`) as Json],
  ])('is sure of %s', (_, data) => {
    expect(isSurelyEntry(encodeEntry(openEntry(1, { data: data as JsonObject })))).toBe(true);
  });

  it.each<[string, Json]>([
    ['names beyond ASCII, whose order is not that of their bytes', { '\u{10000}': 1, '\uffff': 2 }],
    ['names with escapes', { '\n': 1, '"': 2 }],
    ['fractions and exponents', { a: [1.5, 1e21, 5e-324] }],
    ['16 digits', { a: 9_007_199_254_740_991 }],
    ['64 levels', JSON.parse(`{"a":${'['.repeat(62)}${']'.repeat(62)}}`) as Json],
  ])('leaves %s to the slow way, which takes them', (_, data) => {
    const entry = openEntry(1, { data: data as JsonObject });
    const bytes = encodeEntry(entry);
    expect(isSurelyEntry(bytes)).toBe(false);
    expect(decodeEntry(bytes)).toEqual(entry);
  });

  it('knows which days exist', () => {
    const days = [
      '2024-02-29',
      '2023-02-29',
      '2000-02-29',
      '1900-02-29',
      '2024-02-30',
      '2024-04-31',
      '2024-12-31',
    ];
    const times = ['T23:59:59.999Z', 'T24:00:00.000Z', 'T00:60:00.000Z', 'T00:00:60.000Z'];
    for (const at of [...days, '2024-00-01', '2024-13-01', '2024-01-00', '0000-01-01'].flatMap((day) =>
      times.map((time) => day + time),
    )) {
      expect([at, isSurelyEntry(jcsBytes(openEntry(1, { at })))]).toEqual([at, isInstant(at)]);
    }
  });
});

describe('entries of great depth', () => {
  it('are refused above 64 levels, however deep', () => {
    for (const depth of [64, 1_000, 30_000]) {
      const bytes = utf8(
        `{"actor":null,"at":"2026-01-02T03:04:05.678Z","data":{"a":${'['.repeat(depth)}${']'.repeat(depth)}},` +
          '"producer":"p","region":"r","seq":1,"tender":null,"type":"t","v":1}',
      );
      expect(() => decodeEntry(bytes)).toThrow('nested deeper');
    }
  });
});
