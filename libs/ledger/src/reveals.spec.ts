import { describe, expect, it } from '@jest/globals';
import { toHex, type Json } from '#kernel';
import { openEntry } from '../test-support/log-builder.js';
import { collectReveals, type IndexedEntry } from './collect-reveals.js';
import { commit } from './commitment.js';
import { checkCompleteness } from './completeness.js';
import type { Entry, JsonObject } from './entry.js';

const salt = new Uint8Array(32).fill(9);
const eventOf = (seq: number, producer = 'vault'): JsonObject => ({ type: 'bid-taken', producer, seq });
const sealedOf = (event: JsonObject): Entry => ({ v: 1, sealed: commit(event, salt) });
const revealOf = (event: JsonObject, more: JsonObject = {}): JsonObject => ({
  sealed: commit(event, salt),
  salt: toHex(salt),
  event,
  ...more,
});
const revealing = (seq: number, reveals: Json, producer = 'tendering'): Entry =>
  openEntry(seq, { producer, data: { reveals } });
const indexed = (...entries: Entry[]): IndexedEntry[] => entries.map((entry, index) => ({ index, entry }));

const refusalOf = (act: () => unknown): { code?: string; details?: unknown } => {
  try {
    act();
  } catch (error) {
    return error as { code: string; details: unknown };
  }
  return { code: 'taken' };
};

describe('collectReveals', () => {
  it('finds each reveal and the entry that it opens', () => {
    const log = indexed(
      sealedOf(eventOf(1)),
      openEntry(1),
      sealedOf(eventOf(2)),
      revealing(2, [revealOf(eventOf(2)), revealOf(eventOf(1), { index: 0 })]),
    );
    expect(collectReveals(log)).toMatchObject([
      { revealedBy: 3, index: 2, event: eventOf(2) },
      { revealedBy: 3, index: 0, event: eventOf(1) },
    ]);
  });

  it.each([
    ['an event other than the sealed one', [{ ...revealOf(eventOf(1)), event: eventOf(7) }]],
    ['another salt', [{ ...revealOf(eventOf(1)), salt: '00'.repeat(32) }]],
    ['a commitment that is not in the log', [revealOf(eventOf(5))]],
    ['the index of another entry', [revealOf(eventOf(1), { index: 1 })]],
  ])('refuses %s and names the entry', (_, reveals) => {
    const log = indexed(sealedOf(eventOf(1)), openEntry(1), revealing(2, reveals as Json));
    expect(refusalOf(() => collectReveals(log))).toMatchObject({
      code: 'reveal.mismatch',
      details: { revealedBy: 2 },
    });
  });

  it('refuses a reveal that stands before its commitment', () => {
    const log = indexed(revealing(1, [revealOf(eventOf(1))]), sealedOf(eventOf(1)));
    expect(refusalOf(() => collectReveals(log))).toMatchObject({ code: 'reveal.mismatch' });
  });

  it.each([
    ['text', 'x'],
    ['no members', [{}]],
    ['an index as text', [revealOf(eventOf(1), { index: '0' })]],
  ])('refuses a list of reveals that is or has %s', (_, reveals) => {
    const log = indexed(sealedOf(eventOf(1)), revealing(1, reveals as Json));
    expect(refusalOf(() => collectReveals(log))).toMatchObject({
      code: 'entry.malformed',
      details: { index: 1 },
    });
  });
});

describe('checkCompleteness', () => {
  const check = (log: IndexedEntry[]) => checkCompleteness(log, collectReveals(log));

  it('finds nothing missing where all numbers are open or revealed, in any order', () => {
    const log = indexed(
      openEntry(2),
      sealedOf(eventOf(1)),
      openEntry(1),
      revealing(3, [revealOf(eventOf(1))]),
    );
    expect(check(log)).toEqual({ missing: [], unplaced: 0, provablyIncomplete: false });
  });

  it('proves a gap where no commitment is left to account for it', () => {
    expect(check(indexed(openEntry(1), openEntry(4)))).toEqual({
      missing: [{ producer: 'tendering', from: 2, to: 3 }],
      unplaced: 0,
      provablyIncomplete: true,
    });
    expect(check(indexed(openEntry(2))).missing).toEqual([{ producer: 'tendering', from: 1, to: 1 }]);
  });

  it('does not accuse while closed commitments may be the missing acts', () => {
    const log = indexed(openEntry(1), sealedOf(eventOf(2, 'tendering')), openEntry(3));
    expect(check(log)).toMatchObject({ unplaced: 1, provablyIncomplete: false });
  });

  it('does not accuse where a revealed event does not tell its number', () => {
    const event = { type: 'bid-taken' };
    const log = indexed(
      openEntry(1),
      sealedOf(event),
      openEntry(3, { data: { reveals: [revealOf(event)] } }),
    );
    expect(check(log)).toMatchObject({
      missing: [{ from: 2, to: 2 }],
      unplaced: 1,
      provablyIncomplete: false,
    });
  });

  it('proves a gap once the commitment turns out to be another act', () => {
    const log = indexed(
      openEntry(1),
      sealedOf(eventOf(1)),
      openEntry(3, { data: { reveals: [revealOf(eventOf(1))] } }),
    );
    expect(check(log)).toMatchObject({ missing: [{ from: 2, to: 2 }], provablyIncomplete: true });
  });

  it('does not hold a repeated number for a gap', () => {
    expect(check(indexed(openEntry(1), openEntry(1), openEntry(2))).missing).toEqual([]);
  });
});
