import { describe, expect, it } from '@jest/globals';
import { addMs } from '#kernel';
import type { OpenEntry } from '#ledger';
import type { TenderDescriptor } from '#sealing';
import { checkKeysClosed } from './check-keys-closed.js';

const AT = '2026-12-14T08:00:00.000Z';
const HOUR_MS = 3_600_000;
const after = (hours: number): string => addMs(AT, hours * HOUR_MS);
const descriptor = { rules: { bidderKey: true, bidderKeyHours: 24 } } as unknown as TenderDescriptor;
const entry = (type: string, at: string, data: object): OpenEntry =>
  ({ type: `vault.${type}`, at, data }) as unknown as OpenEntry;
const awaited = (until = after(24)) => entry('bidder-keys-awaited', AT, { of: 2, until });
const key = (manifestSha256: string, releaseSha256: string | null) => ({ manifestSha256, releaseSha256 });
const closed = (keys: object[], at = after(24), part = 1, parts = 1) =>
  entry('bidder-keys-closed', at, { part, parts, keys });
const ALL = [key('m1', 'r1'), key('m2', 'r2')];
const ONE = [key('m1', 'r1'), key('m2', null)];

describe('before a trustee gives shares, where bidders have keys of their own', () => {
  const check = (entries: readonly OpenEntry[], asked: readonly string[], now?: string) => () =>
    checkKeysClosed(entries, { descriptor, listed: ['m1', 'm2'], asked, now });

  it('the lists have to be there, all parts of them', () => {
    expect(check([], ['m1'])()).toBeUndefined();
    expect(check([awaited()], ['m1'])()).toBeUndefined();
    const [first, second] = ALL as [object, object];
    expect(check([awaited(), closed([first], AT, 1, 2)], ['m1'])()).toBeUndefined();
    const both = [awaited(), closed([second], AT, 2, 2), closed([first], AT, 1, 2)];
    expect(check(both, ['m2', 'm1'])()).toBe(0);
  });

  it('they come before the window ends only if every key is there', () => {
    expect(check([awaited(), closed(ALL, after(1))], ['m1', 'm2'], after(2))()).toBe(0);
    expect(check([awaited(), closed(ONE, after(1))], ['m1'])).toThrow('whole time');
    expect(check([awaited(), closed(ONE)], ['m1'], after(25))()).toBe(1);
  });

  it('the window has its hours, and is over by the trustee’s own clock', () => {
    expect(check([awaited(after(23)), closed(ONE)], ['m1'])).toThrow('whole time');
    expect(check([awaited(), closed(ONE)], ['m1'], after(23))).toThrow('whole time');
  });

  it('the window is longer by what a suspension took, as the ledger says', () => {
    const prolonged = entry('opening-prolonged', after(20), { until: after(30) });
    const session = entry('opening-prolonged', after(40), { until: after(90) });
    expect(check([awaited(), prolonged, closed(ONE)], ['m1'])).toThrow('whole time');
    const whole = [awaited(), prolonged, closed(ONE, after(30)), session];
    expect(check(whole, ['m1'])()).toBe(1);
    expect(check(whole, ['m1'], after(29))).toThrow('whole time');
  });

  it('they tell of envelopes of the close record, each once', () => {
    expect(check([awaited(), closed([...ALL, key('m9', null)])], ['m1', 'm2'])).toThrow('does not list');
    expect(check([awaited(), closed([...ALL, key('m2', null)])], ['m1', 'm2'])).toThrow('more than once');
  });

  it.each([
    ['one whose key was not released', ['m1', 'm2']],
    ['a stranger', ['m1', 'm3']],
    ['none', []],
  ])('%s is not asked for', (_name, asked) => {
    expect(check([awaited(), closed(ONE)], asked)).toThrow('other envelopes');
  });

  it('one whose key was released is not passed over', () => {
    expect(check([awaited(), closed(ALL)], ['m1'])).toThrow('other envelopes');
  });

  it('the ledger tells it once', () => {
    expect(check([awaited(), closed(ALL), closed(ONE)], ['m1', 'm2'])).toThrow('more than once');
    expect(check([awaited(), awaited(), closed(ALL)], ['m1', 'm2'])).toThrow('more than once');
  });
});
