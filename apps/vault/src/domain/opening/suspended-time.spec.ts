import { describe, expect, it } from '@jest/globals';
import { addMs, instantToMs } from '#kernel';
import {
  after,
  attends,
  given,
  goesOn,
  HOUR_MS,
  OPENS,
  passes,
  RESCUE_ENDS,
  STATES,
  typesOf,
  waiting,
} from '../../../test-support/opening-steps.js';

describe('time in which the tender was suspended', () => {
  it('is given back to a session', () => {
    const suspended = given(attends(1), goesOn(after(1), after(7)));
    expect(suspended.endsAt).toBe(addMs(waiting.endsAt, 6 * HOUR_MS));
    expect(suspended.stage).toBe('in-session');
  });

  it('counts only from where the session began', () => {
    const early = addMs(OPENS, -10 * HOUR_MS);
    expect(given(goesOn(early, after(1))).endsAt).toBe(addMs(waiting.endsAt, HOUR_MS));
  });

  it('does not count where it was over before the session began', () => {
    const early = addMs(OPENS, -10 * HOUR_MS);
    expect(typesOf(goesOn(early, OPENS), waiting)).toEqual([]);
  });

  it('is given back to the rescue window, and not to the session that is over', () => {
    const { rescue } = STATES;
    const prolonged = given(passes(after(2)), goesOn(after(3), after(4)));
    expect(prolonged.rescueUntil).toBe(addMs(RESCUE_ENDS, HOUR_MS));
    expect(prolonged.endsAt).toBe(rescue.endsAt);
  });

  it('ends nothing, although the old limit is past', () => {
    const resumedAt = after(50);
    const suspended = given(goesOn(after(1), resumedAt));
    expect(suspended.stage).toBe('waiting');
    expect(instantToMs(suspended.endsAt) - instantToMs(resumedAt)).toBe(HOUR_MS);
    expect(typesOf(passes(addMs(resumedAt, HOUR_MS - 1)), suspended)).toEqual([]);
    expect(typesOf(passes(addMs(resumedAt, HOUR_MS)), suspended)).toEqual(['quorum-failed']);
  });

  it('adds up over several suspensions', () => {
    const twice = given(goesOn(after(0.5), after(1)), goesOn(after(1.5), after(2)));
    expect(twice.endsAt).toBe(addMs(waiting.endsAt, HOUR_MS));
  });
});
