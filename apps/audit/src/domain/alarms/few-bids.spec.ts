import { describe, expect, it } from '@jest/globals';
import { act, decide } from '../../../test-support/watched-acts.js';
import { fewBids } from './few-bids.js';

const AT = '2026-12-14T08:00:00.000Z';
const published = act('tendering.tender-published', AT, { data: { bidsMin: 3 } });
const closed = (count: number) => act('vault.bids-closed', AT, { data: { count } });

describe('bids at the close', () => {
  it('are too few below what the procedure asks for', () => {
    expect(decide(fewBids, [published, closed(2)])).toMatchObject([
      { severity: 'info', evidence: { values: { bids: 2, bidsMin: 3 } } },
    ]);
    expect(decide(fewBids, [published, closed(3)])).toEqual([]);
  });

  it('are a warning when there is a single one, whatever the procedure asks for', () => {
    expect(decide(fewBids, [closed(1)])).toMatchObject([{ severity: 'warning' }]);
    expect(decide(fewBids, [closed(2)])).toEqual([]);
  });

  it('are not judged before the close', () => expect(decide(fewBids, [published])).toEqual([]));
});
