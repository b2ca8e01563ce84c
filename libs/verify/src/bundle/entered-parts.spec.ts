import { describe, expect, it } from '@jest/globals';
import { openEntry } from '../../../ledger/test-support/log-builder.js';
import { enteredParts } from './entered-parts.js';

const entryOf = (part: number, parts = 3, kind = 'a') =>
  openEntry(part, { type: 'vault.bidders-named', data: { part, parts, kind } });
const partsIn = (...entries: ReturnType<typeof entryOf>[]): number[] =>
  enteredParts(entries, 'vault.bidders-named').map(({ part }) => part);

describe('what was entered in parts', () => {
  it('is read in the order of the parts, in whichever order they were entered', () => {
    expect(partsIn(entryOf(3), entryOf(1), entryOf(2))).toEqual([1, 2, 3]);
  });

  it('may not be there at all', () => {
    expect(partsIn()).toEqual([]);
  });

  it('is told apart from others of its type', () => {
    const entries = [entryOf(1, 1, 'b'), entryOf(2, 2), entryOf(1, 2)];
    type Kind = { readonly part: number; readonly parts: number; readonly kind: string };
    const read = enteredParts<Kind>(entries, 'vault.bidders-named', ({ kind }) => kind === 'a');
    expect(read.map(({ part }) => part)).toEqual([1, 2]);
  });

  it('misses none, has none twice, and none of another list', () => {
    expect(() => partsIn(entryOf(1), entryOf(2))).toThrow('part 3 of 3 is missing');
    expect(() => partsIn(entryOf(2), entryOf(3))).toThrow('part 1 of 3 is missing');
    expect(() => partsIn(entryOf(1), entryOf(2), entryOf(2), entryOf(3))).toThrow(
      'part 2 of 3 is there twice',
    );
    expect(() => partsIn(entryOf(1), entryOf(2, 2), entryOf(3))).toThrow('part 2 of 2 is not of the list');
    expect(() => partsIn(entryOf(1, 1), entryOf(2, 1))).toThrow('part 2 of 1 is not of the list');
  });
});
