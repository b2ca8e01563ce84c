import { describe, expect, it } from '@jest/globals';
import { readPart } from '#contracts';
import { namedIds, thingOf } from './named-ids.js';

const TENDER = '0198a000-0000-7000-8000-0000000000aa';

describe('what an entry says of a request', () => {
  it('ids, hashes, aliases, numbers and the envelope', () => {
    const body = {
      tenderId: TENDER,
      sha256: 'a'.repeat(64),
      alias: 'AB12',
      seq: 3,
      page: '2',
      envelopeId: 'technical',
    };
    expect(namedIds(body)).toEqual({ ...body, seq: '3' });
  });

  it('nothing that somebody wrote, and nothing nested', () => {
    const body = {
      reason: 'because',
      login: 'anna',
      password: 'correct horse battery',
      account: { login: 'anna' },
      manifests: ['aa.bb.cc'],
      hasConflict: true,
      price: '1200.50',
      'a name that is none': '1',
    };
    expect(namedIds(body)).toEqual({});
  });

  it('a body that is none names nothing, and a long one no more than the limit', () => {
    for (const body of [null, undefined, 'x', 3, []]) expect(namedIds(body)).toEqual({});
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`id${i}`, String(i)]));
    expect(Object.keys(namedIds(many))).toHaveLength(12);
  });

  it('the pages of a list are one thing, two documents are two', () => {
    const thing = (ids: Record<string, string>): string => thingOf(readPart, ids);
    expect(thing({ tenderId: TENDER, page: '1' })).toBe(thing({ page: '2', tenderId: TENDER }));
    expect(thing({ tenderId: TENDER, alias: 'AB12' })).not.toBe(thing({ tenderId: TENDER, alias: 'AB13' }));
  });
});
