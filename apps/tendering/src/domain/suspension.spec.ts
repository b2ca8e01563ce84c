import { describe, expect, it } from '@jest/globals';
import { addDays, addMs } from '#kernel';
import { createTender } from './draft-decisions.js';
import { reached, requireStage, shownStage } from './stages.js';
import { resume, resumeAfterHalt, suspend, suspendForHalt } from './suspension.js';
import { award, cancel, close, failOpening, startStandstill } from './tender-decisions.js';
import type { Tender } from './tender.js';
import { worksTwoEnvelope } from './templates/works-two-envelope.js';

const NOW = '2026-11-24T08:00:00.000Z';
const DEADLINE = addDays(NOW, 20);
const WHY = 'a complaint is looked into';
const GRACE_MS = 30 * 60_000;
const person = (n: number): string => `0198a000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const draft: Tender = createTender({
  tenderId: person(99),
  buyerId: person(0),
  template: worksTwoEnvelope,
  draftSha256: 'b'.repeat(64),
  draft: {
    title: { zh: '绿道', en: 'Greenway' },
    regionCode: '630100',
    summary: 'A greenway.',
    ceilingPrice: '12000000',
    currency: 'CNY',
    boq: { name: 'boq.xlsx', mediaType: 'x/y', sha256: 'a'.repeat(64), size: 1 },
    documents: [],
    method: worksTwoEnvelope.method,
    deadlineAt: DEADLINE,
    trusteeIds: [1, 2, 3].map(person),
    quorum: 2,
    expertIds: [11, 12, 13, 14, 15].map(person),
  },
}).tender;
const at = (stage: Tender['stage']): Tender => ({ ...draft, stage });
const suspended = (stage: Tender['stage'], since = NOW): Tender => suspend(at(stage), WHY, since).tender;
const refusal = (code: string) => expect.objectContaining({ code });

describe('a supervisor suspends a tender', () => {
  const running = [
    'published',
    'closed',
    'technical-opened',
    'scores-locked',
    'commercial-opened',
    'ranked',
    'standstill',
  ] as const;

  it.each(running)('that is %s; it is shown as suspended, and goes on from there', (stage) => {
    const { tender, events } = suspend(at(stage), WHY, NOW);
    expect(shownStage(tender)).toBe('suspended');
    expect(events).toEqual([
      {
        type: 'tender-suspended',
        data: { cause: 'supervisor', envelopeId: null, since: NOW, reason: WHY },
      },
    ]);
    const after = resume(tender, 'nothing in it', addMs(NOW, 1)).tender;
    expect(shownStage(after)).toBe(stage);
  });

  it.each(['draft', 'awarded', 'failed', 'cancelled'] as const)('but not one that is %s', (stage) => {
    expect(() => suspend(at(stage), WHY, NOW)).toThrow(refusal('tender.wrong-stage'));
  });

  it('once', () => {
    expect(() => suspend(suspended('closed'), WHY, NOW)).toThrow(refusal('tender.suspended'));
  });

  it('and resumes only what is suspended', () => {
    expect(() => resume(at('closed'), WHY, NOW)).toThrow(refusal('tender.not-suspended'));
  });
});

describe('a suspended tender', () => {
  it('refuses what would be possible, with the reason, and what would not, as suspended', () => {
    const tender = suspended('ranked');
    expect(() => startStandstill(tender, NOW)).toThrow(
      expect.objectContaining({
        code: 'tender.suspended',
        details: expect.objectContaining({ reasons: [WHY] }) as object,
      }),
    );
    expect(() => requireStage(tender, 'draft')).toThrow(
      expect.objectContaining({
        code: 'tender.wrong-stage',
        details: expect.objectContaining({ stage: 'suspended' }) as object,
      }),
    );
  });

  it('is not closed by the clock', () => {
    const tender = suspended('published');
    expect(close(tender, addDays(DEADLINE, 1))).toEqual({ tender, events: [] });
  });

  it('follows what other services had decided before they heard of it, and stays suspended', () => {
    const tender = reached(suspended('technical-opened'), 'scores-locked');
    expect([tender.stage, shownStage(tender)]).toEqual(['scores-locked', 'suspended']);
  });

  it('can be cancelled, and fail, and is not suspended any more', () => {
    expect(shownStage(cancel(suspended('closed'), 'no funds').tender)).toBe('cancelled');
    expect(shownStage(failOpening(suspended('closed'), 'technical').tender)).toBe('failed');
  });
});

describe('clocks of a suspended tender', () => {
  it('of the standstill go on with the time that was left', () => {
    const standstill = startStandstill({ ...at('ranked'), first: { alias: 'AB12', price: '1' } }, NOW).tender;
    const endsAt = standstill.standstillEndsAt!;
    const since = addDays(NOW, 1);
    const { tender, events } = resume(suspend(standstill, WHY, since).tender, 'done', addDays(NOW, 9));
    expect(tender.standstillEndsAt).toBe(addDays(endsAt, 8));
    expect(events[0]!.data).toMatchObject({ standstillEndsAt: addDays(endsAt, 8), isGoingOn: true });
    expect(() => award(tender, addDays(endsAt, 1))).toThrow(refusal('standstill.not-over'));
    expect(award(tender, addDays(endsAt, 8)).tender.stage).toBe('awarded');
  });

  it('of the deadline go on if it has not passed', () => {
    const tender = resume(suspended('published'), 'done', addMs(DEADLINE, -1)).tender;
    expect(close(tender, DEADLINE).tender.stage).toBe('closed');
  });

  it('of the deadline do not go on if it passed: bids that could not come are not counted out', () => {
    const tender = suspended('published', addMs(DEADLINE, -1));
    expect(() => resume(tender, 'done', DEADLINE)).toThrow(refusal('tender.postponed'));
    expect(cancel(tender, 'again').tender.stage).toBe('cancelled');
  });

  it('of bodies do not go on either if their grace passed', () => {
    const withGrace: Tender = {
      ...at('published'),
      procedure: { ...draft.procedure, bodyGraceMinutes: 30 },
    };
    const tender = suspend(withGrace, WHY, addMs(DEADLINE, 1)).tender;
    expect(resume(tender, 'done', addMs(DEADLINE, GRACE_MS - 1)).tender.suspension).toBeNull();
    expect(() => resume(tender, 'done', addMs(DEADLINE, GRACE_MS))).toThrow(refusal('tender.postponed'));
  });

  it('of a mailbox do not go on either if what it had could not be handed over', () => {
    const mailbox = { verifierKey: 'mailbox+00000000+AAAA', graceMinutes: 60 };
    const named: Tender = { ...at('published'), draft: { ...draft.draft, mailbox } };
    const tender = suspend(named, WHY, addMs(DEADLINE, 1)).tender;
    const after = resume(tender, 'done', addMs(DEADLINE, 2 * GRACE_MS - 1)).tender;
    expect(close(after, addMs(DEADLINE, 2 * GRACE_MS - 1)).events).toEqual([]);
    expect(() => resume(tender, 'done', addMs(DEADLINE, 2 * GRACE_MS))).toThrow(refusal('tender.postponed'));
  });

  it('that had run out before are no obstacle', () => {
    const tender = suspended('published', DEADLINE);
    const after = resume(tender, 'done', addDays(DEADLINE, 1)).tender;
    expect(close(after, addDays(DEADLINE, 1)).tender.stage).toBe('closed');
  });
});

describe('a halted opening', () => {
  const halted = suspendForHalt(at('closed'), 'technical', 'platform', NOW);

  it('suspends its tender by itself, and tells it once however many parts it is told in', () => {
    expect(shownStage(halted.tender)).toBe('suspended');
    expect(halted.events).toEqual([
      {
        type: 'tender-suspended',
        data: {
          cause: 'opening-halted',
          envelopeId: 'technical',
          since: NOW,
          reason: 'the opening of the technical envelopes is halted: what is stored is not what was received',
        },
      },
    ]);
    expect(suspendForHalt(halted.tender, 'technical', 'platform', NOW).events).toEqual([]);
  });

  it('lets it go on when it is resumed itself, and not by the supervisor’s word alone', () => {
    expect(() => resume(halted.tender, 'done', NOW)).toThrow(refusal('opening.halted'));
    const { tender, events } = resumeAfterHalt(halted.tender, 'technical', addMs(NOW, 5));
    expect(shownStage(tender)).toBe('closed');
    expect(events.map(({ type }) => type)).toEqual(['tender-resumed']);
    expect(resumeAfterHalt(tender, 'technical', NOW).events).toEqual([]);
  });

  it('and a supervisor both suspend: it goes on when both causes are gone', () => {
    const both = suspend(halted.tender, WHY, addMs(NOW, 1)).tender;
    const one = resume(both, 'done', addMs(NOW, 2));
    expect(shownStage(one.tender)).toBe('suspended');
    expect(one.events[0]!.data).toMatchObject({ cause: 'supervisor', isGoingOn: false });
    const none = resumeAfterHalt(one.tender, 'technical', addMs(NOW, 3));
    expect(none.events[0]!.data).toMatchObject({ cause: 'opening-halted', isGoingOn: true });
    expect(none.tender.suspension).toBeNull();
  });

  it('suspends nothing that has ended', () => {
    for (const stage of ['failed', 'cancelled', 'awarded'] as const) {
      expect(suspendForHalt(at(stage), 'technical', 'platform', NOW).events).toEqual([]);
    }
  });
});
