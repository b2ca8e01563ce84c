import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toHex } from './bytes.js';
import { jcs, jcsBytes } from './jcs.js';

describe('canonical JSON', () => {
  it('is the sample of RFC 8785 §3.2', () => {
    const sample = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`) as unknown;
    const expected = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`;
    expect(jcs(sample)).toBe(expected);
    expect(toHex(jcsBytes(sample))).toBe(Buffer.from(expected, 'utf8').toString('hex'));
  });

  it('sorts names by UTF-16 units, as RFC 8785 §3.2.3 shows', () => {
    const sample = JSON.parse(String.raw`{
      "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
    }`) as Record<string, string>;
    expect(
      Object.values(
        JSON.parse(
          `[${jcs(sample)
            .replaceAll(/"[^"]*":("[^"]*")/g, '$1')
            .slice(1, -1)}]`,
        ),
      ),
    ).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it('is one text for one value, whatever the order of its members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(jcs(reversed)).toBe(jcs(value));
        expect(jcs(JSON.parse(jcs(value)))).toBe(jcs(value));
      }),
    );
  });

  it.each([undefined, () => 1, Number.NaN, Number.POSITIVE_INFINITY])('does not exist for %p', (value) => {
    expect(() => jcs(value)).toThrow();
  });
});
