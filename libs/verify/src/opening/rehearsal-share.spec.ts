import { describe, expect, it } from '@jest/globals';
import { combineShares, createTrusteeKey, type TenderDescriptor } from '#sealing';
import { committeeOf, OTHER_TENDER, seal, TENDER } from '../../../sealing/test-support/committee.js';
import { randomStream } from '../../../sealing/test-support/random-stream.js';
import { rehearsalShare, seatOf } from './rehearsal-share.js';

const random = randomStream('rehearsal');
const { descriptor: real, keys } = committeeOf(3, 2, random);
const descriptor: TenderDescriptor = { ...real, rules: { rehearsal: true } };
const { manifest } = await seal({ descriptor }, random);
const [key] = keys as [(typeof keys)[number]];
const share = (changed: object) => () =>
  rehearsalShare({ tenderId: TENDER, descriptor, manifest, key, random, ...changed });

describe('a share for a rehearsal', () => {
  it('opens the dummy envelope, with a quorum of the committee', () => {
    const shares = keys.slice(1).map((one) => share({ key: one })());
    expect(shares.map(({ i }) => i)).toEqual([2, 3]);
    const parts = { descriptor, manifest, closeEntrySha256: '0'.repeat(64) };
    expect(combineShares({ ...parts, shares })).toMatch(/^AGE-SECRET-KEY-1/);
  });

  it('is not given for a real tender, whatever it is called', () => {
    expect(share({ descriptor: real })).toThrow('not a rehearsal');
    expect(share({ descriptor: { ...real, rules: { rehearsal: 'true' } } })).toThrow('not a rehearsal');
    expect(share({ tenderId: OTHER_TENDER })).toThrow('not a rehearsal of this tender');
  });

  it('is not given for an envelope that was sealed to a real tender and is called a rehearsal', async () => {
    const bid = await seal({ descriptor: real }, random);
    expect(share({ manifest: bid.manifest })).toThrow();
  });

  it('is not given with a key that is not in the committee', () => {
    expect(share({ key: createTrusteeKey(random) })).toThrow('not in the committee');
    expect(seatOf(descriptor, key)).toBe(1);
  });
});
