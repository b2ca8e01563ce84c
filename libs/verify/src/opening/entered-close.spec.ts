import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { OpenEntry } from '#ledger';
import { FINAL_BIDS_PART_MAX, finalBidsParts, finalBidsSha256 } from '#sealing';
import { openEntry } from '../../../ledger/test-support/log-builder.js';
import { enteredSoFar, readEnteredClose } from './entered-close.js';

const ENVELOPES = ['technical', 'commercial'];
const BIDS = FINAL_BIDS_PART_MAX;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const list = Array.from({ length: BIDS * ENVELOPES.length }, (_, at) => digest(`${at}`)).sort();
const record = {
  tid: digest('tender'),
  closedAt: '2026-12-14T08:00:00.000Z',
  count: BIDS,
  manifestCount: list.length,
  manifestsSha256: finalBidsSha256(list),
  ledgerSize: 7,
};

const entryOf = (type: string, data: object): OpenEntry =>
  openEntry(1, { type: `vault.${type}`, data: data as never });
const closed = entryOf('bids-closed', record);
const [first, second] = finalBidsParts(list).map((part) => entryOf('bids-listed', part));
const entries = [entryOf('bidders-named', {}), second!, closed, first!];

const faultOf = (given: readonly OpenEntry[]): string => {
  try {
    readEnteredClose(given, ENVELOPES);
    return 'nothing';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('the close record in the ledger', () => {
  it('has the list that its parts give, in whichever order they were entered', () => {
    expect(readEnteredClose(entries, ENVELOPES)).toEqual({
      close: record,
      manifests: list,
      isDemonstration: false,
    });
  });

  it('says whether a demonstration clock was running', () => {
    const fast = { ...closed, clockFactor: 60 };
    expect(readEnteredClose([fast, first!, second!], ENVELOPES)?.isDemonstration).toBe(true);
  });

  it('is waited for', () => {
    expect(readEnteredClose([first!, second!], ENVELOPES)).toBeUndefined();
  });

  it('is there once', () => {
    expect(faultOf([...entries, closed])).toContain('two close records');
  });

  it('counts as many manifests as its bids have envelopes', () => {
    const other = entryOf('bids-closed', { ...record, count: BIDS - 1 });
    expect(faultOf([other, first!, second!])).toContain(`${BIDS - 1} bids`);
  });

  it('names a part that is missing, doubled, foreign or altered', () => {
    const data = second!.data as { manifests: readonly string[] };
    const shorter = entryOf('bids-listed', { ...second!.data, manifests: data.manifests.slice(1) });
    const foreign = entryOf('bids-listed', { ...second!.data, part: 3 });
    expect(faultOf([closed, second!])).toBe('Part 1 of 2 is missing.');
    expect(faultOf([...entries, second!])).toBe('Part 2 of 2 is there twice.');
    expect(faultOf([...entries, foreign])).toBe('Part 3 of 2 is not of this list, which has 2.');
    expect(faultOf([closed, first!, shorter])).toContain('Part 2 does not hold');
    const forged = entryOf('bids-listed', {
      ...second!.data,
      manifests: [...data.manifests.slice(0, -1), 'f'.repeat(64)],
    });
    expect(faultOf([closed, first!, forged])).toContain('not the one whose hash');
  });
});

describe('a trustee', () => {
  const descriptor = { envelopes: ENVELOPES } as never;

  it('waits for a part that is not in the ledger yet', () => {
    expect(enteredSoFar([closed, second!], descriptor)).toBeUndefined();
    expect(enteredSoFar(entries, descriptor)?.manifests).toHaveLength(list.length);
  });

  it('refuses at once what no waiting makes right', () => {
    expect(() => enteredSoFar([...entries, second!], descriptor)).toThrow('there twice.: refused');
    expect(() => enteredSoFar([...entries, closed], descriptor)).toThrow('two close records');
  });
});
