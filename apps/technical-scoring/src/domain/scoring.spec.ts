import { describe, expect, it } from '@jest/globals';
import { comprehensiveTrimmedMean } from '#evaluation';
import { lockWhenComplete } from './lock-scores.js';
import {
  addPiece,
  checkScores,
  checkSheet,
  criteriaOf,
  declare,
  endScoring,
  openScoring,
  requireDeclared,
  keepDraft,
  requireExpert,
  requireUnsigned,
  type Scores,
  type Scoring,
  startScoring,
  withExpert,
} from './scoring.js';

const NOW = '2026-12-20T08:00:00.000Z';
const EXPERTS = ['e1', 'e2', 'e3', 'e4', 'e5'];

const BIDS = [
  { alias: 'AB12', parts: [] },
  { alias: 'CD34', parts: [] },
];

const opened = (): Scoring =>
  openScoring(startScoring('t', comprehensiveTrimmedMean, EXPERTS), { part: 1, of: 1, bids: BIDS });

const full = (percent: number): Scores =>
  Object.fromEntries(
    criteriaOf(opened()).map(({ id, max }) => [id, `${(parseInt(max, 10) * percent) / 100}`]),
  );

const signed = (scoring: Scoring, expertId: string, percent: number): Scoring =>
  withExpert(scoring, {
    ...requireExpert(scoring, expertId),
    declaredAt: NOW,
    signedAt: NOW,
    sheets: ['a.b.c'],
    scores: { AB12: full(percent), CD34: full(percent - 30) },
  });

describe('an opening told in parts', () => {
  const waiting = startScoring('t', comprehensiveTrimmedMean, EXPERTS);
  const parts = BIDS.map((bid, at) => ({ part: at + 1, of: 2, bids: [bid] }));

  it('lets scoring begin with the last part, in whichever order they come', () => {
    for (const [first, second] of [parts, parts.toReversed()]) {
      const half = openScoring(waiting, first!);
      expect(half.stage).toBe('waiting');
      const whole = openScoring(half, second!);
      expect([whole.stage, whole.bids]).toEqual(['open', BIDS]);
    }
  });

  it('counts a part that comes twice once', () => {
    const half = openScoring(waiting, parts[0]!);
    expect(openScoring(half, parts[0]!)).toBe(half);
    expect(openScoring(opened(), parts[1]!)).toEqual(opened());
  });
});

describe('an expert', () => {
  it('works only on a tender that is open, and only when appointed', () => {
    const waiting = startScoring('t', comprehensiveTrimmedMean, EXPERTS);
    expect(() => requireExpert(waiting, 'e1')).toThrow(expect.objectContaining({ code: 'scoring.not-open' }));
    expect(() => requireExpert(opened(), 'other')).toThrow(
      expect.objectContaining({ code: 'expert.not-appointed' }),
    );
  });

  it('does nothing more once the tender has ended, and nothing opens it again', () => {
    const ended = endScoring(opened());
    for (const scoring of [
      ended,
      openScoring(endScoring(startScoring('t', comprehensiveTrimmedMean, EXPERTS)), {
        part: 1,
        of: 1,
        bids: [],
      }),
    ]) {
      expect(() => requireExpert(scoring, 'e1')).toThrow(
        expect.objectContaining({ code: 'scoring.not-open' }),
      );
    }
    expect(
      lockWhenComplete(
        EXPERTS.reduce((all, id) => signed(all, id, 90), opened()),
        NOW,
      ).stage,
    ).toBe('locked');
    expect(
      lockWhenComplete(endScoring(EXPERTS.reduce((all, id) => signed(all, id, 90), opened())), NOW).stage,
    ).toBe('ended');
  });

  it('declares first, once, and steps back for good', () => {
    const work = requireExpert(opened(), 'e1');
    expect(() => requireDeclared(work)).toThrow(expect.objectContaining({ code: 'declaration.missing' }));
    const declared = declare(work, false, NOW);
    expect(requireDeclared(declared)).toBe(declared);
    expect(() => declare(declared, true, NOW)).toThrow(
      expect.objectContaining({ code: 'declaration.already-made' }),
    );
    expect(() => requireDeclared(declare(work, true, NOW))).toThrow(
      expect.objectContaining({ code: 'declaration.missing' }),
    );
  });

  it('does not change a signed sheet', () => {
    const work = requireExpert(signed(opened(), 'e1', 90), 'e1');
    expect(() => requireUnsigned(work)).toThrow(expect.objectContaining({ code: 'sheet.already-signed' }));
  });
});

describe('a draft', () => {
  it('keeps the reason beside the marks of a bid, and drops it with the marks that had it', () => {
    const own = requireExpert(opened(), 'e1');
    const alias = BIDS[0]!.alias;
    const kept = keepDraft(own, alias, full(0), 'nothing was answered');
    expect(kept.draftReasons).toEqual({ [alias]: 'nothing was answered' });
    const again = keepDraft(kept, alias, full(80));
    expect(again.draftReasons).toEqual({});
    expect(again.draft).toEqual({ [alias]: full(80) });
  });
});

describe('a sheet', () => {
  it('takes marks from zero to the maximum of a criterion and no others', () => {
    const { id, max } = criteriaOf(opened())[0]!;
    for (const mark of ['0', '0.5', max])
      expect(() => checkScores(opened(), 'AB12', { [id]: mark })).not.toThrow();
    for (const mark of ['-0.1', `${max}.01`, '1e1', '', 'x']) {
      expect(() => checkScores(opened(), 'AB12', { [id]: mark })).toThrow(
        expect.objectContaining({ code: 'score.out-of-range' }),
      );
    }
    expect(() => checkScores(opened(), 'AB12', { charm: '1' })).toThrow(
      expect.objectContaining({ code: 'score.out-of-range' }),
    );
    expect(() => checkScores(opened(), 'ZZ99', {})).toThrow(expect.objectContaining({ code: 'bid.unknown' }));
  });

  it('comes in pieces, of which each has marks of other bids', () => {
    const work = requireExpert(opened(), 'e1');
    const first = addPiece(opened(), work, { sheet: 'a.b.c', scores: { AB12: full(80) } });
    const both = addPiece(opened(), first, { sheet: 'd.e.f', scores: { CD34: full(70) } });
    expect(both).toMatchObject({ sheets: ['a.b.c', 'd.e.f'], scores: { AB12: full(80), CD34: full(70) } });
    expect(both.signedAt).toBeNull();
    for (const [scores, code] of [
      [{ AB12: full(90) }, 'sheet.already-signed'],
      [{ ZZ99: full(90) }, 'bid.unknown'],
      [{ CD34: { charm: '1' } }, 'score.out-of-range'],
    ] as const) {
      expect(() => addPiece(opened(), first, { sheet: 'g.h.i', scores })).toThrow(
        expect.objectContaining({ code }),
      );
    }
  });

  it('has every criterion of every bid', () => {
    expect(() => checkSheet(opened(), { AB12: full(80), CD34: full(70) })).not.toThrow();
    expect(() => checkSheet(opened(), { AB12: full(80) })).toThrow(
      expect.objectContaining({ code: 'sheet.incomplete' }),
    );
  });
});

describe('the lock', () => {
  it('waits for the last expert and then applies the published panel rule', () => {
    const four = EXPERTS.slice(0, 4).reduce(
      (scoring, expert, at) => signed(scoring, expert, 80 + at),
      opened(),
    );
    expect(lockWhenComplete(four, NOW).stage).toBe('open');
    const locked = lockWhenComplete(signed(four, 'e5', 99), NOW);
    expect(locked.stage).toBe('locked');
    // 80, 81, 82, 83, 99 without the highest and the lowest: 82
    expect(locked.results).toEqual([
      { alias: 'AB12', score: '82', rounded: '82.00', isPassed: true },
      { alias: 'CD34', score: '52', rounded: '52.00', isPassed: false },
    ]);
  });

  it('does not wait for an expert who stepped back', () => {
    const four = EXPERTS.slice(0, 4).reduce((scoring, expert) => signed(scoring, expert, 80), opened());
    const stepped = withExpert(four, declare(requireExpert(four, 'e5'), true, NOW));
    expect(lockWhenComplete(stepped, NOW).stage).toBe('locked');
  });
});
