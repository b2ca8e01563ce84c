import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { utf8 } from './bytes.js';
import { inParts, numbered } from './in-parts.js';

describe('a list in parts', () => {
  it('is the same list again, whatever its items, and no part is larger than it may be', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.integer({ min: 1, max: 9 }), (items, itemsMax) => {
        const parts = inParts(items, { itemsMax, bytesMax: 60 });
        expect(parts.flat()).toEqual(items);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(itemsMax);
          if (part.length > 1) expect(utf8(JSON.stringify(part)).length).toBeLessThanOrEqual(62);
        }
      }),
    );
  });

  it('is one empty part where it is empty', () => {
    expect(numbered([])).toEqual([{ part: 1, parts: 1, items: [] }]);
  });

  it('is numbered from 1, each part naming how many there are', () => {
    expect(numbered(['a', 'b', 'c'], { itemsMax: 2, bytesMax: 99 })).toEqual([
      { part: 1, parts: 2, items: ['a', 'b'] },
      { part: 2, parts: 2, items: ['c'] },
    ]);
  });

  it('is measured as its caller says', () => {
    expect(inParts([5, 6, 1], { itemsMax: 9, bytesMax: 10 }, (size) => size)).toEqual([[5], [6, 1]]);
  });
});
