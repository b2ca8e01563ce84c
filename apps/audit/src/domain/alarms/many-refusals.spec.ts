import { describe, expect, it } from '@jest/globals';
import { act, decide, FIRM, PERSON } from '../../../test-support/watched-acts.js';
import { isRead } from './alarm-rule.js';
import { manyRefusals } from './many-refusals.js';

const settings = { alarmRefusalsMax: 2, alarmRefusalsWindowMinutes: 10 };
const at = (minute: number): string => new Date(Date.UTC(2026, 11, 1, 1, minute)).toISOString();
const refused = (minute: number, more = {}) =>
  act('tendering.request-refused', at(minute), { personId: PERSON, ...more });

describe('refusals', () => {
  it('of one person in one window are unusual when they are more than the setting says', () => {
    const acts = [0, 5, 9].map((minute) => refused(minute));
    expect(decide(manyRefusals, acts, { settings })).toMatchObject([
      {
        key: `many-refusals person ${PERSON} 2026-12-01`,
        evidence: {
          entries: acts.map(({ index }) => index),
          values: { kind: 'person', id: PERSON, refusals: 3 },
        },
      },
    ]);
    expect(decide(manyRefusals, acts.slice(1), { settings })).toEqual([]);
    expect(
      decide(
        manyRefusals,
        [0, 5, 10].map((minute) => refused(minute)),
        { settings },
      ),
    ).toEqual([]);
  });

  it('of several people of one organisation count together', () => {
    const acts = ['a', 'b', 'c'].map((personId, i) =>
      refused(i, { personId, data: { organisationId: FIRM } }),
    );
    expect(decide(manyRefusals, acts, { settings })).toMatchObject([
      { key: `many-refusals organisation ${FIRM} 2026-12-01` },
    ]);
  });

  it('of a day are one alarm', () => {
    const acts = Array.from({ length: 9 }, (_, minute) => refused(minute));
    expect(decide(manyRefusals, acts, { settings })).toHaveLength(1);
  });

  it('are acts whose name says so', () => {
    expect(isRead(manyRefusals, 'registration.sign-in-refused')).toBe(true);
    expect(isRead(manyRefusals, 'vault.bids-closed')).toBe(false);
  });
});
