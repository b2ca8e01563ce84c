import { describe, expect, it } from '@jest/globals';
import { act, decide } from '../../../test-support/watched-acts.js';
import { deadlineMoved } from './deadline-moved.js';

const BEFORE = '2026-12-14T08:00:00.000Z';
const AFTER = '2026-12-24T08:00:00.000Z';
const published = act('tendering.tender-published', '2026-12-01T08:00:00.000Z', {
  data: { deadlineAt: BEFORE },
});
const moved = (at: string, deadlineAt = AFTER) =>
  act('tendering.tender-amended', at, { data: { deadlineAt } });

describe('a deadline that is moved', () => {
  it('is noticed in the last three days, and is grave once it had passed', () => {
    const near = moved('2026-12-11T08:00:00.000Z');
    expect(decide(deadlineMoved, [published, near])).toMatchObject([
      {
        severity: 'warning',
        evidence: { entries: [published.index, near.index], values: { from: BEFORE, to: AFTER } },
      },
    ]);
    expect(decide(deadlineMoved, [published, moved(BEFORE)])).toMatchObject([{ severity: 'critical' }]);
  });

  it('is let pass long before it, and where it did not move', () => {
    expect(decide(deadlineMoved, [published, moved('2026-12-11T07:59:59.999Z')])).toEqual([]);
    expect(decide(deadlineMoved, [published, moved(BEFORE, BEFORE)])).toEqual([]);
  });
});
