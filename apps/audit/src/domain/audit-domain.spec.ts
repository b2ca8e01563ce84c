import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventEnvelope } from '#contracts';
import { decodeEntry, encodeEntry } from '#ledger';
import { contiguous } from './contiguous.js';
import { ledgerEntry, revealsLast, shuffled } from './ledger-entry.js';

const event = (changes: Partial<EventEnvelope> = {}): EventEnvelope => ({
  id: '0198a000-0000-7000-8000-000000000001',
  producer: 'vault',
  seq: 1,
  subject: 'evt.vault.bids-closed.v1',
  occurredAt: '2026-12-14T08:00:00.000Z',
  actorId: null,
  tenderId: null,
  correlationId: 'c',
  causationId: null,
  data: { count: 5 },
  ...changes,
});

describe('what may be entered', () => {
  it('never passes over a gap of a producer, and lets the others go on', () => {
    const waiting = [event({ seq: 3 }), event({ seq: 1 }), event({ producer: 'tendering', seq: 8 })];
    const ready = contiguous(waiting, new Map([['tendering', 7]]));
    expect(ready.map(({ producer, seq }) => `${producer} ${seq}`)).toEqual(['tendering 8', 'vault 1']);
  });

  it('takes all once the gap is filled, in whatever order they came', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6, maxLength: 6 }), (seqs) => {
        const ready = contiguous(
          seqs.map((seq) => event({ seq })),
          new Map(),
        );
        expect(ready.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
      }),
    );
  });
});

describe('an entry', () => {
  it('of a sealed act tells the commitment and nothing else', () => {
    const sealed = 'a'.repeat(64);
    const entry = ledgerEntry(
      event({ subject: 'evt.vault.act-sealed.v1', data: { sealed } }),
      '630100',
      288_000,
    );
    expect(entry).toEqual({ v: 1, sealed });
  });

  it('of a sealed act that has its place commits to that too', () => {
    const data = { sealed: 'a'.repeat(64), place: 'b'.repeat(64), other: 1 };
    const entry = ledgerEntry(event({ subject: 'evt.vault.act-sealed.v1', data }), '630100', 1);
    expect(entry).toEqual({ v: 1, sealed: data.sealed, place: data.place });
    expect(decodeEntry(encodeEntry(entry))).toEqual(entry);
  });

  it('of an open act is what the ledger’s format takes', () => {
    const entry = ledgerEntry(event(), '630100', 1);
    expect(decodeEntry(encodeEntry(entry))).toEqual(entry);
    expect(entry).toMatchObject({ type: 'vault.bids-closed', region: '630100' });
  });

  it('says so while a demonstration clock runs', () => {
    const entry = ledgerEntry(event(), '630100', 10);
    expect(decodeEntry(encodeEntry(entry))).toMatchObject({ clockFactor: 10 });
  });
});

describe('the order within a batch', () => {
  it('is a permutation, drawn with the numbers that are passed in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.infiniteStream(fc.nat()), (items, numbers) => {
        const out = shuffled(items, (bound) => (numbers.next().value as number) % bound);
        expect([...out].sort()).toEqual([...items].sort());
      }),
    );
    expect(shuffled([1, 2, 3], () => 0)).toEqual([2, 3, 1]);
  });

  it('puts what is shown behind what shows it, whatever was drawn', () => {
    const acts = [
      event({ seq: 2, subject: 'evt.vault.acts-revealed.v1' }),
      event({ seq: 1, subject: 'evt.vault.act-sealed.v1' }),
      event({ seq: 3 }),
    ];
    expect(revealsLast(acts).map(({ seq }) => seq)).toEqual([1, 3, 2]);
  });
});
