import { describe, expect, it } from '@jest/globals';
import { addMs } from '#kernel';
import {
  after,
  attends,
  codeOf,
  finishes,
  given,
  gives,
  halts,
  item,
  ITEMS,
  NOW,
  passes,
  refuses,
  RESCUE_ENDS,
  resumes,
  reveals,
  STATES,
  stored,
  typesOf,
  waiting,
} from '../../../test-support/opening-steps.js';
import { decide } from './decide.js';
import { REFUSALS_MAX } from './decide-session.js';
import { evolve } from './evolve.js';
import { presentTrustees } from './opening.js';
import { newsOf } from './opening-news.js';

describe('shares', () => {
  it('count once there is one for every envelope, and the quorum’s last begins combining', () => {
    const half = given(gives(1, 2), gives(2, 1));
    expect([half.stage, presentTrustees(half)]).toEqual(['in-session', [1]]);
    expect(typesOf(gives(2, 2), half)).toEqual(['shares-taken', 'shares-given', 'combining-begun']);
  });

  it('given again change nothing', () => {
    const half = given(gives(1, 1));
    expect(decide(gives(1, 1), half)).toEqual([]);
    expect(decide(gives(1, 2), given(gives(1, 2)))).toEqual([]);
  });

  it('never become fewer, or more than there are envelopes', () => {
    expect(() => decide(gives(1, 3), waiting)).toThrow('invariant');
    expect(() => decide(gives(1, 0), given(gives(1, 1)))).toThrow('invariant');
  });

  it('that are false name their trustee once for each envelope, and not without end', () => {
    const once = given(refuses('m1'));
    expect(decide(refuses('m1'), once)).toEqual([]);
    expect(typesOf(refuses('m2'), once)).toEqual(['share-refused']);
    const full = given(...Array.from({ length: REFUSALS_MAX }, (_, n) => refuses(`m${n}`)));
    expect(decide(refuses('another'), full)).toEqual([]);
  });

  it('that are late for the session still end the rescue window', () => {
    const late = given(gives(1, 2), gives(2, 2, after(2)));
    expect([late.stage, late.openedBy]).toEqual(['combining', 'trustees']);
    expect(typesOf(gives(2, 2, after(2)), given(gives(1, 2)))).toContain('quorum-failed');
  });
});

describe('before anything is opened', () => {
  const combining = STATES.combining;

  it('the stored envelopes are checked: nothing is finished before', () => {
    expect(decide(finishes(), combining)).toEqual([]);
    expect(typesOf(finishes(), given(gives(1, 2), gives(2, 2), stored()))).toEqual(['envelopes-opened']);
  });

  it('one that differs halts all, and a supervisor’s word only brings another check', () => {
    const { halted } = STATES;
    expect(halted.halted).toMatchObject({ fault: 'platform', manifestSha256s: ['m1'] });
    expect(decide(finishes(), halted)).toEqual([]);
    const again = decide(resumes(), halted).reduce(evolve, halted);
    expect([again.stage, again.checkedAt, again.halted]).toEqual(['combining', null, null]);
    expect(decide(finishes(), again)).toEqual([]);
    expect(typesOf(stored(['m1']), again)).toEqual(['opening-halted']);
  });

  it('a fault that shows while opening halts too, and forgets the check', () => {
    const checked = given(gives(1, 2), gives(2, 2), stored());
    const stopped = decide(halts(), checked).reduce(evolve, checked);
    expect([stopped.stage, stopped.checkedAt, stopped.halted?.fault]).toEqual(['halted', null, 'unknown']);
  });

  it('every envelope has its result', () => {
    const checked = given(gives(1, 2), gives(2, 2), stored());
    expect(() => decide(finishes([ITEMS[0]!]), checked)).toThrow('invariant');
  });
});

describe('a quorum that fails', () => {
  it('fails at the very millisecond, not before', () => {
    expect(decide(passes(addMs(after(2), -1)), waiting)).toEqual([]);
    expect(typesOf(passes(after(2)), waiting)).toEqual(['quorum-failed']);
  });

  it('gives the whole window, however late it is decided', () => {
    const late = given(passes(after(50)));
    expect(late.rescueUntil).toBe(after(53));
  });

  it('opens by the bidders only if all revealed until the window ends', () => {
    const all = given(passes(after(2)), reveals('AB12'), reveals('CD34'));
    expect(all.stage).toBe('rescue');
    expect(decide(passes(addMs(RESCUE_ENDS, -1)), all)).toEqual([]);
    expect(typesOf(passes(RESCUE_ENDS), all)).toEqual(['combining-begun']);
    expect(typesOf(passes(RESCUE_ENDS), STATES.rescue)).toEqual(['opening-failed']);
  });

  it('takes no identity after the window, although nobody looked at the clock', () => {
    expect(codeOf(() => decide(reveals('AB12', RESCUE_ENDS), STATES.rescue))).toBe('rescue.not-open');
  });

  it('is over when trustees return and complete the quorum', () => {
    const opening = given(passes(after(2)), reveals('AB12'), gives(1, 2, after(3)), gives(2, 2, after(3)));
    expect([opening.stage, opening.openedBy]).toEqual(['combining', 'trustees']);
  });
});

describe('what is told', () => {
  it('hides who reveals a rescue identity, and that anybody does', () => {
    const [event] = decide(reveals('AB12'), STATES.rescue);
    expect(newsOf(event!, STATES.rescue)).toEqual([]);
  });

  it('names who came and who gave all when the quorum fails', () => {
    const opening = given(gives(3, 2), attends(1));
    const [event] = decide(passes(after(2)), opening);
    expect(newsOf(event!, evolve(opening, event!))).toEqual([
      {
        type: 'quorum-failed',
        data: {
          envelopeId: 'technical',
          attended: [1, 3],
          present: [3],
          quorum: 2,
          rescueUntil: RESCUE_ENDS,
        },
      },
    ]);
  });

  it('of a thousand opened envelopes is cut into parts that a ledger entry holds', () => {
    const items = Array.from({ length: 1_000 }, (_, n) => item(`n${n}`));
    const opened = { ...STATES.opened, of: 1_000 };
    const news = newsOf({ type: 'envelopes-opened', items, at: NOW }, opened);
    expect(news.map(({ data }) => data['part'])).toEqual(news.map((_, at) => at + 1));
    expect(news.flatMap(({ data }) => data['items'])).toEqual(items);
    for (const { data } of news) {
      expect(data['parts']).toBe(news.length);
      expect(JSON.stringify(data).length).toBeLessThan(60_000);
    }
  });
});
