import { describe, expect, it } from '@jest/globals';
import { fromUtf8, jcsBytes, toHex, utf8 } from '#kernel';
import { openEntry } from '../test-support/log-builder.js';
import { checkReveal, commit } from './commitment.js';
import { decodeEntry, encodeEntry, type Entry, type JsonObject } from './entry.js';
import { defaultSha256 } from './hashing.js';

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'taken';
};
const text = (entry: Entry): string => fromUtf8(encodeEntry(entry));

describe('entries', () => {
  it('are canonical JSON and are read back as they were', () => {
    const entry = openEntry(1, { tender: 't-1', actor: null, data: { b: [1, null, 'ü'], a: { c: true } } });
    expect(text(entry)).toBe(
      '{"actor":null,"at":"2026-01-02T03:04:05.678Z","data":{"a":{"c":true},"b":[1,null,"ü"]},"producer":"tendering",' +
        '"region":"330100","seq":1,"tender":"t-1","type":"tender-published","v":1}',
    );
    const sealed: Entry = { v: 1, sealed: 'ab'.repeat(32) };
    const placed: Entry = { ...sealed, place: 'cd'.repeat(32) };
    const demonstrated = openEntry(2, { clockFactor: 60 });
    for (const each of [entry, sealed, placed, demonstrated])
      expect(decodeEntry(encodeEntry(each))).toEqual(each);
  });

  it('may have 65,535 bytes and not one more', () => {
    const filler = (length: number) => openEntry(1, { data: { x: 'a'.repeat(length) } });
    const rest = 65_535 - encodeEntry(filler(0)).length;
    expect(encodeEntry(filler(rest))).toHaveLength(65_535);
    expect(codeOf(() => encodeEntry(filler(rest + 1)))).toBe('entry.too-large');
  });

  const good = text(openEntry(1));
  it.each([
    ['a blank', good.replace(',', ', ')],
    ['a newline behind', `${good}\n`],
    ['members in another order', '{"v":1,"sealed":"' + 'ab'.repeat(32) + '"}'],
    ['a member twice', good.replace('"v":1', '"v":1,"v":1')],
    ['a member unknown', good.replace('"v":1', '"v":1,"w":1')],
    ['a member missing', good.replace('"region":"330100",', '')],
    ['both forms at once', good.replace('"seq":1', `"sealed":"${'ab'.repeat(32)}","seq":1`)],
    ['another version', good.replace('"v":1', '"v":2')],
    ['a number that JSON cannot carry', good.replace('"n":1', '"n":9007199254740993')],
    ['a number beyond all numbers', good.replace('"n":1', '"n":1e999')],
    ['a number spelt otherwise', good.replace('"n":1', '"n":1.0')],
    ['seq 0', good.replace('"seq":1', '"seq":0')],
    ['seq as text', good.replace('"seq":1', '"seq":"1"')],
    ['seq with a fraction', good.replace('"seq":1', '"seq":1.5')],
    ['an empty type', good.replace('tender-published', '')],
    ['a time without milliseconds', good.replace('05.678Z', '05Z')],
    ['a month 13', good.replace('2026-01', '2026-13')],
    ['data that is a list', good.replace('{"n":1}', '[1]')],
    ['data that is null', good.replace('{"n":1}', 'null')],
    ['an empty tender', good.replace('"tender":null', '"tender":""')],
    ['a clock factor of 1', good.replace('"data"', '"clockFactor":1,"data"')],
    ['a lone surrogate', good.replace('"n":1', '"n":"\\ud800"')],
    ['a seal in capitals', `{"sealed":"${'AB'.repeat(32)}","v":1}`],
    ['a short place', `{"place":"${'ab'.repeat(31)}","sealed":"${'ab'.repeat(32)}","v":1}`],
    ['a place that is null', `{"place":null,"sealed":"${'ab'.repeat(32)}","v":1}`],
    ['a place without seal', `{"place":"${'ab'.repeat(32)}","v":1}`],
    ['a short seal', `{"sealed":"${'ab'.repeat(31)}","v":1}`],
    ['a byte order mark', `\ufeff${good}`],
    ['a list', '[]'],
    ['null', 'null'],
    ['no JSON', 'hello'],
    ['nothing', ''],
  ])('are refused with %s', (_, bytes) => {
    expect(codeOf(() => decodeEntry(utf8(bytes)))).toBe('entry.malformed');
  });

  it('are refused when they are not UTF-8', () => {
    expect(codeOf(() => decodeEntry(Uint8Array.of(0x22, 0xff, 0x22)))).toBe('entry.malformed');
  });

  it('are not encoded when they would not be read back', () => {
    expect(codeOf(() => encodeEntry(openEntry(0)))).toBe('entry.malformed');
    expect(codeOf(() => encodeEntry(openEntry(1, { at: 'yesterday' })))).toBe('entry.malformed');
    expect(codeOf(() => encodeEntry(openEntry(1, { data: { n: NaN } })))).toBe('entry.malformed');
    expect(codeOf(() => encodeEntry({ v: 1, sealed: 'xyz' }))).toBe('entry.malformed');
  });
});

describe('commitments', () => {
  const salt = new Uint8Array(32).fill(9);
  const event: JsonObject = { type: 'bid-taken', tender: 't-1', seq: 3 };
  const sealed = commit(event, salt);

  it('are SHA-256 of the salt and the canonical event', () => {
    expect(sealed).toBe(toHex(defaultSha256(Uint8Array.of(...salt, ...jcsBytes(event)))));
    expect(commit({ seq: 3, tender: 't-1', type: 'bid-taken' }, salt)).toBe(sealed);
  });

  it('are opened by their salt and event and by nothing else', () => {
    const reveal = { sealed, salt: toHex(salt), event };
    checkReveal(reveal);
    for (let i = 0; i < 32; i++) {
      const other = toHex(salt.map((byte, at) => (at === i ? byte ^ 1 : byte)));
      expect(codeOf(() => checkReveal({ ...reveal, salt: other }))).toBe('reveal.mismatch');
    }
    expect(codeOf(() => checkReveal({ ...reveal, event: { ...event, seq: 4 } }))).toBe('reveal.mismatch');
    expect(codeOf(() => checkReveal({ ...reveal, sealed: 'ab'.repeat(32) }))).toBe('reveal.mismatch');
    expect(codeOf(() => checkReveal({ ...reveal, salt: toHex(salt).slice(2) }))).toBe('reveal.mismatch');
    expect(codeOf(() => checkReveal({ ...reveal, salt: 'zz' }))).toBe('reveal.mismatch');
  });

  it('take no salt of another length', () => {
    expect(() => commit(event, new Uint8Array(31))).toThrow('invariant');
  });
});
