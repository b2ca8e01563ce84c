import { describe, expect, it } from '@jest/globals';
import { act, decide } from '../../../test-support/watched-acts.js';
import { farScores } from './far-scores.js';

const sheets = (marks: readonly string[], bid = 'AB12') =>
  marks.map((mark, i) => ({ expert: `e${i + 1}`, bid, scores: { quality: mark, plan: '10.5' } }));
const locked = (part: number, parts: number, of: ReturnType<typeof sheets>) =>
  act('technical-scoring.scores-locked', '2026-12-16T08:00:00.000Z', { data: { part, parts, sheets: of } });

describe('marks of a panel', () => {
  it('are far beyond one and a half interquartile ranges, by type 8, exactly', () => {
    // 30.5 34.5 38.5 42.5 80.5: Q1 = 33 1/6, Q3 = 55 1/6, IQR = 22; the fence ends at 88 1/6.
    expect(decide(farScores, [locked(1, 1, sheets(['20', '24', '28', '32', '70']))])).toEqual([]);
    const settings = { alarmScoreFenceTimes: '1' };
    const [found, ...more] = decide(farScores, [locked(1, 1, sheets(['20', '24', '28', '32', '70']))], {
      settings,
    });
    expect(more).toEqual([]);
    expect(found!.evidence.values).toEqual({
      expertId: 'e5',
      alias: 'AB12',
      total: '161/2',
      low: '67/6',
      high: '463/6',
      experts: 5,
    });
  });

  it('are let pass within the points that are not worth a word, however much the others agree', () => {
    expect(decide(farScores, [locked(1, 1, sheets(['20', '20', '20', '20', '22']))])).toEqual([]);
    const found = decide(farScores, [
      locked(1, 1, sheets(['20', '20', '20', '20', '20', '20', '20', '22.01'])),
    ]);
    expect(found).toHaveLength(1);
  });

  it('are judged for each bid, and once all parts are there', () => {
    const close = sheets(Array<string>(7).fill('20'));
    const far = sheets([...Array<string>(7).fill('20'), '1'], 'CD34');
    const [one, two] = [locked(1, 2, close), locked(2, 2, far)];
    expect(decide(farScores, [one])).toEqual([]);
    expect(decide(farScores, [one, two])).toMatchObject([
      { evidence: { entries: [one.index, two.index], values: { alias: 'CD34', expertId: 'e8' } } },
    ]);
  });

  it('of fewer experts than quartiles need are let pass', () => {
    expect(decide(farScores, [locked(1, 1, sheets(['1', '20', '20', '20']))])).toEqual([]);
  });
});
