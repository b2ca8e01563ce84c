import { describe, expect, it } from '@jest/globals';
import { act, decide } from '../../../test-support/watched-acts.js';
import { clockDifference } from './clock-difference.js';

const NOW = '2026-12-14T08:00:00.000Z';
const of = (producer: string, seq: number, at: string, more = {}) =>
  act(`${producer}.thing-done`, at, { place: { producer, seq }, ...more });
const whatOf = (acts: Parameters<typeof decide>[1]): unknown[] =>
  decide(clockDifference, acts, { now: NOW }).map(({ evidence }) => [
    evidence.values['what'],
    evidence.values['producer'],
    evidence.values['seconds'],
  ]);

describe('the times of a service', () => {
  it('go back when an act is older than one with a smaller number, in whatever order they were entered', () => {
    expect(
      whatOf([of('vault', 2, '2026-12-14T07:59:29.000Z'), of('vault', 1, '2026-12-14T08:00:00.000Z')]),
    ).toEqual([['goes-back', 'vault', 31]]);
    expect(whatOf([of('vault', 2, '2026-12-14T07:59:30.000Z'), of('vault', 1, NOW)])).toEqual([]);
    expect(whatOf([of('vault', 1, NOW), of('audit', 2, '2026-12-14T07:59:00.000Z')])).toEqual([]);
  });

  it('are ahead of the ledger’s, or entered long after', () => {
    expect(whatOf([of('vault', 1, '2026-12-14T08:00:31.000Z')])).toEqual([['ahead', 'vault', 31]]);
    expect(whatOf([of('vault', 1, '2026-12-14T07:49:59.000Z')])).toEqual([['entered-late', 'vault', 601]]);
    expect(whatOf([of('vault', 1, '2026-12-14T07:50:00.000Z')])).toEqual([]);
  });

  it('are not judged under a demonstration clock, nor of acts that were sealed', () => {
    expect(whatOf([of('vault', 1, '2027-01-01T00:00:00.000Z', { isDemonstration: true })])).toEqual([]);
    expect(whatOf([of('vault', 1, '2027-01-01T00:00:00.000Z', { place: null })])).toEqual([]);
  });
});
