import { describe, expect, it } from '@jest/globals';
import { toHex, type Json } from '#kernel';
import { openEntry } from '../test-support/log-builder.js';
import { collectReveals, type IndexedEntry } from './collect-reveals.js';
import { commit, commitPlace, type Place } from './commitment.js';
import { checkCompleteness } from './completeness.js';
import { findConflictingActs } from './conflicting-acts.js';
import type { Entry, JsonObject } from './entry.js';
import { findUnprovedNumbers } from './unproved-numbers.js';

const salt = (n: number): Uint8Array => new Uint8Array(32).fill(n);
const eventOf = (text: string): JsonObject => ({ type: 'bid-submitted', data: { text } });
const placeOf = (seq: number, producer = 'vault'): Place => ({ producer, seq });
const sealedOf = (event: JsonObject, place: Place): Entry => ({
  v: 1,
  sealed: commit(event, salt(1)),
  place: commitPlace(place, salt(2)),
});
const revealOf = (event: JsonObject, place: JsonObject | undefined, more: JsonObject = {}): JsonObject => ({
  sealed: commit(event, salt(1)),
  salt: toHex(salt(1)),
  event,
  ...(place === undefined ? {} : { place }),
  ...more,
});
const opened = (seq: number, producer = 'vault'): JsonObject => ({ producer, seq, salt: toHex(salt(2)) });
const revealing = (seq: number, reveals: Json, producer = 'vault'): Entry =>
  openEntry(seq, { producer, data: { reveals } });
const indexed = (...entries: Entry[]): IndexedEntry[] => entries.map((entry, index) => ({ index, entry }));

const refusalOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'taken';
};

describe('places of sealed acts', () => {
  it('are hidden by the entry and proved by the reveal', () => {
    const log = indexed(
      sealedOf(eventOf('a'), placeOf(1)),
      sealedOf(eventOf('b'), placeOf(2)),
      revealing(3, [revealOf(eventOf('b'), opened(2)), revealOf(eventOf('a'), opened(1))]),
    );
    expect(JSON.stringify(log[0])).not.toContain('vault');
    expect(collectReveals(log)).toMatchObject([
      { index: 1, place: placeOf(2) },
      { index: 0, place: placeOf(1) },
    ]);
    expect(checkCompleteness(log, collectReveals(log))).toEqual({
      missing: [],
      unplaced: 0,
      provablyIncomplete: false,
    });
  });

  it('prove that an act was left out as soon as no commitment can be it', () => {
    const log = indexed(
      sealedOf(eventOf('a'), placeOf(1)),
      sealedOf(eventOf('c'), placeOf(3)),
      revealing(4, [revealOf(eventOf('a'), opened(1)), revealOf(eventOf('c'), opened(3))]),
    );
    expect(checkCompleteness(log, collectReveals(log))).toEqual({
      missing: [{ producer: 'vault', from: 2, to: 2 }],
      unplaced: 0,
      provablyIncomplete: true,
    });
  });

  it('need not be told with the event: then the act is counted and not placed', () => {
    const log = indexed(
      sealedOf(eventOf('a'), placeOf(1)),
      revealing(2, [revealOf(eventOf('a'), undefined)]),
    );
    expect(collectReveals(log)[0]).not.toHaveProperty('place');
    expect(checkCompleteness(log, collectReveals(log))).toMatchObject({
      missing: [{ from: 1, to: 1 }],
      unplaced: 1,
      provablyIncomplete: false,
    });
  });

  it.each<[string, JsonObject]>([
    ['another number', opened(2)],
    ['another producer', opened(1, 'tendering')],
    ['another salt', { ...opened(1), salt: toHex(salt(3)) }],
    ['the salt of the event', { ...opened(1), salt: toHex(salt(1)) }],
    ['a salt that is none', { ...opened(1), salt: 'zz' }],
    ['number 0', opened(0)],
    ['no producer', opened(1, '')],
    ['a fraction', opened(1.5)],
  ])('are refused with %s', (_, place) => {
    const log = indexed(sealedOf(eventOf('a'), placeOf(1)), revealing(2, [revealOf(eventOf('a'), place)]));
    expect(refusalOf(() => collectReveals(log))).toBe('reveal.mismatch');
  });

  it('are refused where the entry committed to none, or another entry did', () => {
    const bare: Entry = { v: 1, sealed: commit(eventOf('a'), salt(1)) };
    const reveal = revealOf(eventOf('a'), opened(1));
    expect(refusalOf(() => collectReveals(indexed(bare, revealing(2, [reveal]))))).toBe('reveal.mismatch');
    const twice = indexed(bare, sealedOf(eventOf('a'), placeOf(1)), revealing(2, [{ ...reveal, index: 0 }]));
    expect(refusalOf(() => collectReveals(twice))).toBe('reveal.mismatch');
    const right = indexed(bare, sealedOf(eventOf('a'), placeOf(1)), revealing(2, [{ ...reveal, index: 1 }]));
    expect(refusalOf(() => collectReveals(right))).toBe('taken');
  });

  it.each<[string, Json]>([
    ['text', 'vault 1'],
    ['null', null],
    ['a list', [1]],
    ['a number as text', { ...opened(1), seq: '1' }],
    ['no salt', { producer: 'vault', seq: 1 }],
  ])('are malformed as %s', (_, place) => {
    const reveal = { ...revealOf(eventOf('a'), undefined), place };
    const log = indexed(sealedOf(eventOf('a'), placeOf(1)), revealing(2, [reveal]));
    expect(refusalOf(() => collectReveals(log))).toBe('entry.malformed');
  });

  it('are committed to with a producer and a number from 1', () => {
    expect(() => commitPlace(placeOf(0), salt(2))).toThrow('invariant');
    expect(() => commitPlace(placeOf(1, ''), salt(2))).toThrow('invariant');
  });
});

describe('findConflictingActs', () => {
  const conflicts = (log: IndexedEntry[]) => findConflictingActs(log, collectReveals(log));

  it('finds two acts under one number, sealed or open', () => {
    const log = indexed(
      sealedOf(eventOf('a'), placeOf(1)),
      sealedOf(eventOf('b'), placeOf(1)),
      openEntry(1, { producer: 'vault' }),
      openEntry(1),
      openEntry(1, { type: 'forged' }),
      revealing(2, [revealOf(eventOf('a'), opened(1)), revealOf(eventOf('b'), opened(1))]),
    );
    expect(conflicts(log)).toEqual([
      { producer: 'vault', seq: 1, indices: [0, 1] },
      { producer: 'vault', seq: 1, indices: [0, 2] },
      { producer: 'tendering', seq: 1, indices: [3, 4] },
    ]);
  });

  it('holds an act that was entered twice for one', () => {
    const log = indexed(
      sealedOf(eventOf('a'), placeOf(1)),
      sealedOf(eventOf('a'), placeOf(1)),
      openEntry(1),
      openEntry(1),
      revealing(2, [
        revealOf(eventOf('a'), opened(1), { index: 0 }),
        revealOf(eventOf('a'), opened(1), { index: 1 }),
      ]),
    );
    expect(conflicts(log)).toEqual([]);
  });
});

describe('findUnprovedNumbers', () => {
  const unproved = (log: IndexedEntry[]) => findUnprovedNumbers(log, collectReveals(log));

  it('names reveals that keep the number to themselves that their entry committed to', () => {
    const log = indexed(
      sealedOf(eventOf('a'), placeOf(1)),
      sealedOf(eventOf('b'), placeOf(2)),
      revealing(3, [revealOf(eventOf('a'), opened(1)), revealOf(eventOf('b'), undefined)]),
    );
    expect(unproved(log)).toMatchObject([{ index: 1, revealedBy: 2 }]);
  });

  it('asks nothing of entries that committed to none, nor of what is closed still', () => {
    const bare: Entry = { v: 1, sealed: commit(eventOf('a'), salt(1)) };
    const log = indexed(
      bare,
      sealedOf(eventOf('b'), placeOf(2)),
      revealing(3, [revealOf(eventOf('a'), undefined)]),
    );
    expect(unproved(log)).toEqual([]);
  });
});
