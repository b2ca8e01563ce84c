import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addMs, toBase64Url } from '#kernel';
import { createTrusteeKey } from '#sealing';
import { createTender, receiveStatement, updateDraft } from './draft-decisions.js';
import { reached } from './stages.js';
import {
  award,
  cancel,
  close,
  countBids,
  publish,
  startStandstill,
  takeRanking,
} from './tender-decisions.js';
import type { Draft, Tender } from './tender.js';
import { worksTwoEnvelope } from './templates/works-two-envelope.js';

const NOW = '2026-11-24T08:00:00.000Z';
const LEDGER = { origin: 'ledger.test', verifierKey: 'ledger.test+00000000+AA==' };
const person = (n: number): string => `0198a000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Deterministic bytes; the keys only have to differ. */
const bytesOf = (seed: number) => (length: number) =>
  Uint8Array.from({ length }, (_, at) => (at * 31 + seed * 17) % 251);

function draftWith(changes: Partial<Draft> = {}): Draft {
  return {
    title: { zh: '绿道', en: 'Greenway' },
    regionCode: '630100',
    summary: 'A greenway.',
    ceilingPrice: '12000000',
    currency: 'CNY',
    boq: { name: 'boq.xlsx', mediaType: 'x/y', sha256: 'a'.repeat(64), size: 1 },
    documents: [],
    method: worksTwoEnvelope.method,
    deadlineAt: addDays(NOW, 20),
    trusteeIds: [1, 2, 3, 4, 5].map(person),
    quorum: 3,
    expertIds: [11, 12, 13, 14, 15].map(person),
    ...changes,
  };
}

const create = (draft: Draft): Tender =>
  createTender({
    tenderId: person(99),
    buyerId: person(0),
    template: worksTwoEnvelope,
    draft,
    draftSha256: 'b'.repeat(64),
  }).tender;

function complete(tender: Tender): Tender {
  return tender.committee.reduce(
    (sofar, { personId }, at) =>
      receiveStatement(sofar, personId, {
        publicKey: toBase64Url(createTrusteeKey(bytesOf(at + 1)).publicKey),
        certificateSha256: String(at).repeat(64).slice(0, 64),
        statementSha256: 'c'.repeat(64),
      }).tender,
    tender,
  );
}

const published = (): Tender => publish(complete(create(draftWith())), LEDGER, NOW).tender;

describe('publishing', () => {
  it('fixes descriptor and questions window, and tells them', () => {
    const { tender, events } = publish(complete(create(draftWith())), LEDGER, NOW);
    expect(tender.stage).toBe('published');
    expect(tender.publication!.questionsUntil).toBe(addDays(NOW, 10));
    expect(events.map(({ type }) => type)).toEqual(['tender-published']);
  });

  it('refuses a deadline one millisecond short of the notice days', () => {
    const tender = complete(create(draftWith({ deadlineAt: addMs(addDays(NOW, 20), -1) })));
    expect(() => publish(tender, LEDGER, NOW)).toThrow(
      expect.objectContaining({ code: 'deadline.too-early' }),
    );
  });

  it('refuses while a trustee’s statement is missing', () => {
    expect(() => publish(create(draftWith()), LEDGER, NOW)).toThrow(
      expect.objectContaining({ code: 'committee.incomplete' }),
    );
  });

  it('happens once', () => {
    expect(() => publish(published(), LEDGER, NOW)).toThrow(
      expect.objectContaining({ code: 'tender.wrong-stage' }),
    );
  });
});

describe('a draft', () => {
  it('refuses a quorum of one, and one that leaves no trustee to spare', () => {
    for (const quorum of [1, 5]) {
      expect(() => create(draftWith({ quorum }))).toThrow(
        expect.objectContaining({ code: 'committee.invalid' }),
      );
    }
  });

  it('refuses a person who sits twice', () => {
    const twice = [1, 1, 2, 3, 4].map(person);
    expect(() => create(draftWith({ trusteeIds: twice }))).toThrow(
      expect.objectContaining({ code: 'committee.invalid' }),
    );
    expect(() => create(draftWith({ expertIds: twice }))).toThrow(
      expect.objectContaining({ code: 'panel.invalid' }),
    );
  });

  it('refuses an expert who is a trustee too: opening tells whose an envelope is', () => {
    const expertIds = [1, 12, 13, 14, 15].map(person);
    expect(() => create(draftWith({ expertIds }))).toThrow(
      expect.objectContaining({ code: 'panel.invalid' }),
    );
  });

  it('keeps the statements of trustees who stay', () => {
    const tender = complete(create(draftWith()));
    const changed = updateDraft(
      tender,
      worksTwoEnvelope,
      draftWith({ trusteeIds: [1, 2, 3, 4, 6].map(person) }),
      'd'.repeat(64),
    );
    expect(changed.tender.committee.map(({ statement }) => statement !== null)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it('cannot be changed after publication', () => {
    expect(() => updateDraft(published(), worksTwoEnvelope, draftWith(), 'd'.repeat(64))).toThrow(
      expect.objectContaining({ code: 'tender.wrong-stage' }),
    );
  });
});

describe('closing', () => {
  it('does nothing one millisecond before the deadline and closes at it', () => {
    const tender = published();
    const { deadlineAt } = tender.draft;
    expect(close(tender, addMs(deadlineAt, -1))).toEqual({ tender, events: [] });
    expect(close(tender, deadlineAt).tender.stage).toBe('closed');
  });

  it('happens once however often the clock asks', () => {
    const closed = close(published(), addDays(NOW, 21)).tender;
    expect(close(closed, addDays(NOW, 22)).events).toEqual([]);
  });

  it('with fewer bids than the procedure needs fails the tender', () => {
    expect(countBids(published(), 2).tender.stage).toBe('failed');
    expect(countBids(published(), 3).tender.stage).toBe('closed');
  });
});

describe('reports of other services', () => {
  it('lead to the same stage in any order and number', () => {
    const stages = ['closed', 'technical-opened', 'scores-locked', 'commercial-opened', 'ranked'] as const;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...stages), { minLength: 1, maxLength: 12 }), (reports) => {
        const end = reports.reduce((tender, stage) => reached(tender, stage), published());
        const furthest = stages[Math.max(...reports.map((stage) => stages.indexOf(stage)))];
        expect(end.stage).toBe(furthest);
      }),
    );
  });

  it('do not bring back a tender that was cancelled', () => {
    const cancelled = cancel(published(), 'no budget').tender;
    expect(reached(cancelled, 'ranked').stage).toBe('cancelled');
    expect(takeRanking(cancelled, 'ranked', { alias: 'AB12', price: '1' }).tender.stage).toBe('cancelled');
  });
});

describe('award', () => {
  const first = { alias: 'AB12', price: '9000000' };
  const ranked = (): Tender => takeRanking(published(), 'ranked', first).tender;

  it('waits for the end of the standstill, to the millisecond', () => {
    const standing = startStandstill(ranked(), NOW).tender;
    const endsAt = standing.standstillEndsAt!;
    expect(() => award(standing, addMs(endsAt, -1))).toThrow(
      expect.objectContaining({ code: 'standstill.not-over' }),
    );
    expect(award(standing, endsAt).tender.award).toEqual(first);
  });

  it('goes to the first of the version that counts, and an announcement of another first is taken back', () => {
    const other = { alias: 'CD34', price: '9100000' };
    const corrected = takeRanking(ranked(), 'ranked', other, 2).tender;
    expect([corrected.stage, corrected.first]).toEqual(['ranked', other]);
    const standing = takeRanking(startStandstill(ranked(), NOW).tender, 'ranked', other, 2).tender;
    expect([standing.stage, standing.first, standing.standstillEndsAt]).toEqual(['ranked', other, null]);
    const awarded = { ...ranked(), stage: 'awarded' as const };
    expect(takeRanking(awarded, 'ranked', other, 2).tender).toBe(awarded);
  });

  it('never comes from an empty ranking', () => {
    expect(takeRanking(published(), 'failed', null).tender.stage).toBe('failed');
    expect(takeRanking(published(), 'ranked', null).tender.stage).toBe('failed');
  });
});
