import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Pages } from './pages.js';

describe('the pages of an answer', () => {
  it('give every list whole, however long the others are', () => {
    const lists = fc.array(fc.array(fc.nat()), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 5 }), (all, itemsMax) => {
        const read = all.map((): number[] => []);
        for (let page = 1, count = 1; page <= count; page++) {
          const pages = new Pages(page);
          all.forEach((list, at) => read[at]!.push(...pages.take(list, { itemsMax, bytesMax: 1_000 })));
          count = pages.count;
        }
        expect(read).toEqual(all);
      }),
    );
  });

  it('say where the rows of a page begin, and how many pages they need', () => {
    const pages = new Pages(3);
    expect(pages.slice(201, 100)).toEqual({ offset: 200, limit: 100 });
    expect(pages.count).toBe(3);
    expect(new Pages(1).slice(0, 100)).toEqual({ offset: 0, limit: 100 });
  });

  it('have nothing behind the last', () => {
    expect(new Pages(2).take(['a'])).toEqual([]);
  });
});
