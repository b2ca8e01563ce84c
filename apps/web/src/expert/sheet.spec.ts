import { describe, expect, it } from '@jest/globals';
import { scoreSheet } from '#contracts';
import {
  type Criterion,
  findMarkFault,
  type Line,
  needsReason,
  piecesOf,
  stateOf,
  totalOf,
} from './sheet.js';

const criterion = (id: string, pointsMax: string): Criterion => ({
  id,
  title: { zh: id, en: id },
  pointsMax,
});
const CRITERIA = [criterion('plan', '40'), criterion('team', '20')];
const line = (plan: string, team: string, reason = ''): Line => ({ marks: { plan, team }, reason });

describe('a mark', () => {
  it('is exact decimal text from zero to the maximum', () => {
    const [plan] = CRITERIA;
    expect(findMarkFault('40', plan!)).toBeUndefined();
    expect(findMarkFault('39.5', plan!)).toBeUndefined();
    expect(findMarkFault('40.000001', plan!)).toBe('too-high');
    expect(findMarkFault('', plan!)).toBe('missing');
    for (const text of ['-1', '1e1', '03', '４', '1,5', '.5']) {
      expect([text, findMarkFault(text, plan!)]).toEqual([text, 'malformed']);
    }
  });

  it('of nothing or of everything needs a reason', () => {
    expect(needsReason(line('0', '15'), CRITERIA)).toBe(true);
    expect(needsReason(line('32', '20.0'), CRITERIA)).toBe(true);
    expect(needsReason(line('39.9', '0.1'), CRITERIA)).toBe(false);
  });
});

describe('a line of the sheet', () => {
  it('is whole with every mark, and with a reason where one is needed', () => {
    expect(stateOf(line('', ''), CRITERIA)).toBe('empty');
    expect(stateOf(line('30', ''), CRITERIA)).toBe('begun');
    expect(stateOf(line('30', '21'), CRITERIA)).toBe('begun');
    expect(stateOf(line('40', '15', '  '), CRITERIA)).toBe('reason-missing');
    expect(stateOf(line('40', '15', 'complete in every part'), CRITERIA)).toBe('whole');
  });

  it('adds up without a float', () => {
    expect(totalOf(line('0.1', '0.2'), CRITERIA)).toBe('0.3');
    expect(totalOf(line('30', ''), CRITERIA)).toBe('30');
  });
});

describe('a long sheet', () => {
  it('is signed in pieces that are each a sheet and together have every bid once', () => {
    const tenderId = '01920000-0000-7000-8000-000000000000';
    const lines = new Map(
      Array.from({ length: 600 }, (_, i) => [
        `A${String.fromCharCode(65 + Math.floor(i / 90))}${String((i % 90) + 10)}`,
        line('30', '0', 'nothing was shown '.repeat(20)),
      ]),
    );
    const pieces = piecesOf(tenderId, lines).map((piece) => scoreSheet.parse(piece));
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.flatMap(({ scores }) => Object.keys(scores))).toEqual([...lines.keys()]);
  });
});
