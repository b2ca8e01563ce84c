import { describe, expect, it } from '@jest/globals';
import { act, decide, TENDER } from '../../../test-support/watched-acts.js';
import { THRESHOLDS } from '../../../test-support/thresholds.js';
import { openingTime } from './opening-time.js';

const DEADLINE = '2026-12-14T08:00:00.000Z';
const published = act('tendering.tender-published', '2026-12-01T08:00:00.000Z', {
  data: { deadlineAt: DEADLINE },
});
const closed = act('vault.bids-closed', DEADLINE, { data: { closedAt: DEADLINE } });
const opened = (at: string) => act('vault.envelopes-opened', at, { data: { envelopeId: 'technical' } });

describe('the time of an opening', () => {
  it('is unusual before the deadline, by a millisecond', () => {
    const early = opened('2026-12-14T07:59:59.999Z');
    expect(decide(openingTime, [published, early])).toEqual([
      expect.objectContaining({
        severity: 'critical',
        tenderId: TENDER,
        evidence: {
          entries: [early.index],
          values: { what: 'early', openedAt: early.at, deadlineAt: DEADLINE },
        },
      }),
    ]);
  });

  it('is as it should be from the deadline on, and until it is late', () => {
    expect(decide(openingTime, [published, closed, opened(DEADLINE)])).toEqual([]);
    expect(decide(openingTime, [published, closed, opened('2026-12-15T08:00:00.000Z')])).toEqual([]);
  });

  it('is late a day after the close, opened or not', () => {
    const late = opened('2026-12-15T08:00:00.001Z');
    const [found] = decide(openingTime, [published, closed, late]);
    expect(found).toMatchObject({
      severity: 'warning',
      evidence: {
        entries: [closed.index, late.index],
        values: { what: 'late', dueAt: '2026-12-15T08:00:00.000Z' },
      },
    });
    expect(decide(openingTime, [published, closed], { now: '2026-12-15T08:00:00.000Z' })).toEqual([]);
    expect(decide(openingTime, [published, closed], { now: '2026-12-15T08:00:00.001Z' })).toHaveLength(1);
  });

  it('is not awaited of a tender that ended, nor while it is suspended; that time does not count', () => {
    const failed = act('tendering.tender-failed', DEADLINE);
    const suspended = act('tendering.tender-suspended', '2026-12-14T09:00:00.000Z');
    const resumed = act('tendering.tender-resumed', '2026-12-15T09:00:00.000Z', {
      data: { isGoingOn: true },
    });
    expect(decide(openingTime, [published, closed, failed])).toEqual([]);
    expect(decide(openingTime, [published, closed, suspended])).toEqual([]);
    const all = [published, closed, suspended, resumed];
    expect(decide(openingTime, all, { now: '2026-12-16T08:00:00.000Z' })).toEqual([]);
    expect(decide(openingTime, all, { now: '2026-12-16T08:00:00.001Z' })).toHaveLength(1);
  });

  it('says when to look again, and that there is no need to', () => {
    const look = (acts: (typeof closed)[], now = DEADLINE) =>
      openingTime.lookAgainAt!({ acts, now, settings: THRESHOLDS, belonging: new Map() });
    expect(look([published, closed])).toBe('2026-12-15T08:00:00.000Z');
    expect(look([published, closed, opened(DEADLINE)])).toBeNull();
    expect(look([published, closed], '2026-12-16T00:00:00.000Z')).toBeNull();
  });

  it('is not judged under a demonstration clock', () => {
    const demo = { isDemonstration: true };
    const acts = [
      { ...published, ...demo },
      { ...closed, ...demo },
      { ...opened('2026-12-19T08:00:00.000Z'), ...demo },
    ];
    expect(decide(openingTime, acts)).toEqual([]);
  });
});
