import { describe, expect, it } from '@jest/globals';
import type { DataOf, envelopesOpened } from '#contracts';
import type { OpenEntry } from '#ledger';
import { isLeftForWantOfKey, readReleasedKeys, requireResultForEach } from './verify-bidder-keys.js';

type Item = DataOf<typeof envelopesOpened>['items'][number];
const ASKS = { rules: { bidderKey: true } };
const entry = (type: string, data: object, envelopeId = 'technical'): OpenEntry =>
  ({ type: `vault.${type}`, data: { envelopeId, ...data } }) as unknown as OpenEntry;
const closed = (part = 1, parts = 1) =>
  entry('bidder-keys-closed', { part, parts, keys: [{ manifestSha256: `m${part}`, releaseSha256: null }] });
const share = entry('shares-taken', {});
const sealed: Item = {
  alias: 'AB12',
  manifestSha256: 'm1',
  age: { sha256: 'a', size: 1 },
  identity: '',
  result: 'unreadable',
  fault: 'bidder',
  code: 'bidder-key.not-released',
  consequence: 'excluded',
  parts: [],
};

describe('whose keys were released, in a bundle', () => {
  const read = (...entries: OpenEntry[]) => readReleasedKeys(entries, ASKS, 'technical');

  it('is read from all parts, and from no other kind of envelopes', () => {
    const other = entry('bidder-keys-closed', { part: 1, parts: 1, keys: [] }, 'commercial');
    expect([...read(other, closed(1, 2), closed(2, 2), share)!.keys()]).toEqual(['m1', 'm2']);
    expect(readReleasedKeys([], { rules: {} }, 'technical')).toBeNull();
  });

  it('stands in the ledger once, whole, and before any share', () => {
    expect(() => read(share)).toThrow('does not tell once');
    expect(() => read(closed(1, 2))).toThrow('does not tell once');
    expect(() => read(closed(), closed())).toThrow('does not tell once');
    expect(() => read(closed(1, 2), share, closed(2, 2))).toThrow('before bidders’ keys were closed');
  });

  it('agrees with every result: none is left out, none is opened without its key, none sealed with it', () => {
    const keys = new Map([['m1', null]]);
    expect(isLeftForWantOfKey(keys, sealed)).toBe(true);
    expect(() => isLeftForWantOfKey(new Map([['m1', 'r']]), sealed)).toThrow('not what the ledger says');
    expect(() => isLeftForWantOfKey(null, sealed)).toThrow('not what the ledger says');
    const opened: Item = { ...sealed, code: null, result: 'opened' };
    expect(() => isLeftForWantOfKey(keys, opened)).toThrow('not what the ledger says');
    expect(() => isLeftForWantOfKey(new Map(), opened)).toThrow('not what the ledger says');
    expect(isLeftForWantOfKey(null, opened)).toBe(false);
    expect(() => requireResultForEach(keys, new Set())).toThrow('has no result of m1');
  });

  it('says nothing more of an envelope that stayed sealed', () => {
    const said = { ...sealed, identity: 'AGE-SECRET-KEY-1' };
    expect(() => isLeftForWantOfKey(new Map([['m1', null]]), said)).toThrow('says more');
  });
});
