import { describe, expect, it } from '@jest/globals';
import { act, decide, PERSON } from '../../../test-support/watched-acts.js';
import { THRESHOLDS } from '../../../test-support/thresholds.js';
import { isAtNight, unusualReads } from './unusual-reads.js';

/** 09:00 at the centre, and so many seconds. */
const read = (second: number, hour = 1) =>
  act('audit.record-read', new Date(Date.UTC(2026, 11, 1, hour, 0, second)).toISOString(), {
    personId: PERSON,
  });

describe('reads of what is confidential', () => {
  it('are unusual when they are many', () => {
    const settings = { alarmReadsMax: 3 };
    const acts = [1, 2, 3, 4].map((second) => read(second));
    expect(decide(unusualReads, acts, { settings })).toMatchObject([
      {
        evidence: {
          entries: acts.map(({ index }) => index),
          values: { what: 'many', personId: PERSON, reads: 4 },
        },
      },
    ]);
    expect(decide(unusualReads, acts.slice(1), { settings })).toEqual([]);
  });

  it('are unusual at night by the centre’s time, one of them already', () => {
    const night = read(0, 15);
    expect(decide(unusualReads, [read(0), night])).toMatchObject([
      { key: `unusual-reads night ${PERSON} 2026-12-01`, evidence: { entries: [night.index] } },
    ]);
  });

  it('of what is one’s own are not unusual', () => {
    expect(decide(unusualReads, [{ ...read(0, 15), data: { reads: 'own' } }])).toEqual([]);
    expect(decide(unusualReads, [{ ...read(0, 15), data: { reads: 'confidential' } }])).toHaveLength(1);
  });

  it('know that a night goes over midnight, and where it ends', () => {
    const isNight = (utc: string): boolean => isAtNight(`2026-12-01T${utc}:00.000Z`, THRESHOLDS);
    // 21:59, 22:00, 05:59, 06:00 at the centre
    expect(['13:59', '14:00', '21:59', '22:00'].map(isNight)).toEqual([false, true, true, false]);
    const noon = { ...THRESHOLDS, alarmNightFromHour: 12, alarmNightToHour: 14 };
    expect(isAtNight('2026-12-01T05:00:00.000Z', noon)).toBe(true);
  });
});
