import { describe, expect, it } from '@jest/globals';
import { addMs } from '#kernel';
import {
  after,
  attends,
  codeOf,
  finishes,
  givenKeyed,
  gives,
  item,
  keyed,
  passes,
  releases,
  reveals,
  stored,
  typesOf,
} from '../../../test-support/opening-steps.js';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import { newsOf } from './opening-news.js';
import { unreleasedItem } from './verdict.js';

const UNTIL = after(4);

describe('the window for keys of bidders’ own', () => {
  it('comes before the session: no trustee attends or gives a share in it', () => {
    expect([keyed.stage, keyed.keys?.until]).toEqual(['bidder-keys', UNTIL]);
    expect(codeOf(() => decide(attends(1), keyed))).toBe('opening.not-yet');
    expect(codeOf(() => decide(gives(1, 1), keyed))).toBe('opening.not-yet');
  });

  it('ends with the last key, and the session has its whole time from then', () => {
    const all = givenKeyed(releases('AB12'), releases('CD34'));
    expect([all.stage, all.of, all.endsAt, all.keys?.missing]).toEqual(['waiting', 2, after(1 + 2), 0]);
  });

  it('ends at its very millisecond, not before, and takes no key then', () => {
    const one = givenKeyed(releases('AB12'));
    expect(decide(passes(addMs(UNTIL, -1)), one)).toEqual([]);
    expect(typesOf(passes(UNTIL), one)).toEqual(['bidder-keys-closed']);
    expect(codeOf(() => decide(releases('CD34', UNTIL), one))).toBe('bidder-key.not-open');
  });

  it('leaves to be opened what was released, and no key comes later', () => {
    const one = givenKeyed(releases('AB12'), passes(UNTIL));
    expect([one.stage, one.of, one.keys?.missing, one.endsAt]).toEqual(['waiting', 1, 1, after(4 + 2)]);
    expect(codeOf(() => decide(releases('CD34', UNTIL), one))).toBe('bidder-key.not-open');
    expect(typesOf(gives(1, 1, UNTIL), one)).toEqual(['trustee-attended', 'shares-taken', 'shares-given']);
  });

  it('fails where nobody released a key: there is nothing to open', () => {
    expect(typesOf(passes(UNTIL), keyed)).toEqual(['bidder-keys-closed', 'opening-failed']);
    expect(givenKeyed(passes(UNTIL)).stage).toBe('failed');
  });

  it('takes a key once, and tells nobody who has released', () => {
    const one = givenKeyed(releases('AB12'));
    expect(decide(releases('AB12'), one)).toEqual([]);
    const [event] = decide(releases('CD34'), one);
    expect(newsOf(event!, evolve(one, event!))).toEqual([]);
  });

  it('finishes with a result for every envelope, also for those that stay sealed', () => {
    const checked = givenKeyed(
      releases('AB12'),
      passes(UNTIL),
      gives(1, 1, UNTIL),
      gives(2, 1, UNTIL),
      stored([], UNTIL),
    );
    const sealed = unreleasedItem('CD34', { sha256: 'm2', age: { sha256: 'a', size: 1 } });
    expect(sealed).toMatchObject({
      fault: 'bidder',
      code: 'bidder-key.not-released',
      consequence: 'excluded',
      identity: '',
    });
    expect(() => decide(finishes([item('AB12')], UNTIL), checked)).toThrow('invariant');
    expect(typesOf(finishes([item('AB12'), sealed], UNTIL), checked)).toEqual(['envelopes-opened']);
  });

  it('decides who has to reveal a rescue identity, should the quorum fail: who released, and nobody else', () => {
    const rescue = givenKeyed(releases('AB12'), passes(UNTIL), passes(after(6)));
    expect(rescue.stage).toBe('rescue');
    const all = decide(reveals('AB12', after(7)), rescue).reduce(evolve, rescue);
    expect(typesOf(passes(after(9)), all)).toEqual(['combining-begun']);
  });
});
