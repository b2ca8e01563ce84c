import { randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { jcs } from '#kernel';
import type { EventEnvelope } from '#contracts';
import { Frontier } from '#ledger';
import { nodeSha256 as sha256 } from '#ledger/node';
import { sequence } from './sequence.js';

const TENDER = '0198a000-0000-7000-8000-000000000001';
const BIDDERS = ['0198a000-0000-7000-8000-00000000000a', '0198a000-0000-7000-8000-00000000000b'];

/** A sealed act as it leaves the vault, however much its envelope may say. */
const sealedAct = (seq: number, kind: string): EventEnvelope => ({
  id: `0198a000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
  producer: 'vault',
  seq,
  subject: 'evt.vault.act-sealed.v1',
  occurredAt: `2026-12-14T08:00:00.${String(seq % 1_000).padStart(3, '0')}Z`,
  actorId: BIDDERS[seq % 2]!,
  tenderId: TENDER,
  correlationId: `${kind}-${seq}`,
  causationId: null,
  data: { sealed: sha256Text(`${kind} ${seq}`) },
});
const sha256Text = (text: string): string => Buffer.from(sha256(Buffer.from(text))).toString('hex');

const enter = (events: readonly EventEnvelope[], randomBelow = (bound: number) => randomInt(bound)) =>
  sequence(events, Frontier.EMPTY, { regionCode: '630100', clockFactor: 1, randomBelow, sha256 }).acts;

describe('who reads the ledger before the opening', () => {
  it('finds no bidder, tender, producer, number or time in a sealed entry, and each as long as another', () => {
    const events = Array.from({ length: 50 }, (_, i) =>
      sealedAct(i + 1, i % 3 ? 'bid-submitted' : 'bid-refused'),
    );
    const entries = enter(events);
    for (const { entry, type, at, tenderId } of entries) {
      expect({ type, at, tenderId }).toEqual({ type: null, at: null, tenderId: null });
      expect(entry).toBe(jcs({ v: 1, sealed: (JSON.parse(entry) as { sealed: string }).sealed }));
    }
    expect(new Set(entries.map(({ entry }) => entry.length)).size).toBe(1);
  });

  it('sees the same of five bids as of five refused ones, sign-ins or questions', () => {
    const shapes = ['bid-submitted', 'bid-refused', 'session-opened', 'question-asked'].map((kind) =>
      enter(Array.from({ length: 5 }, (_, i) => sealedAct(i + 1, kind))).map(({ entry }) =>
        entry.replace(/[0-9a-f]{64}/, 'hash'),
      ),
    );
    expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1);
  });

  it('guesses from a place in a batch who came first no better than by chance', () => {
    const events = Array.from({ length: 10 }, (_, i) => sealedAct(i + 1, 'bid-submitted'));
    const first = (events[0]!.data as { sealed: string }).sealed;
    const rounds = 4_000;
    const atPlace = Array.from({ length: 10 }, () => 0);
    for (let n = 0; n < rounds; n++)
      atPlace[enter(events).findIndex(({ entry }) => entry.includes(first))]! += 1;
    // Chi-square with 9 degrees of freedom; a fair order exceeds 40 once in a hundred thousand runs.
    const chi = atPlace.reduce((sum, seen) => sum + (seen - rounds / 10) ** 2 / (rounds / 10), 0);
    expect(chi).toBeLessThan(40);
  });
});
