import { describe, expect, it } from '@jest/globals';
import { toHex } from '#kernel';
import { committeeOf, refusalOf } from '../test-support/committee.js';
import { randomStream } from '../test-support/random-stream.js';
import { checkDescriptor, tenderDigest, type TenderDescriptor } from './descriptor.js';
import { encodePoint, ZERO } from './group.js';

const { descriptor } = committeeOf(5, 3, randomStream('descriptor'));
const [first, ...others] = descriptor.trustees;

describe('tender descriptor', () => {
  it('has a digest that does not depend on the order of its members', () => {
    const reversed = Object.fromEntries(Object.entries(descriptor).reverse()) as unknown as TenderDescriptor;
    expect(toHex(tenderDigest(reversed))).toBe(toHex(tenderDigest(descriptor)));
  });

  it.each<[string, Partial<TenderDescriptor>]>([
    ['deadline', { deadlineAt: '2026-04-01T01:00:00.001Z' }],
    ['quorum', { k: 4 }],
    ['rules', { rules: { ...descriptor.rules, rounds: 2 } }],
    ['envelopes', { envelopes: ['price', 'technical'] }],
    ['ledger', { ledgerKey: 'ledger.example+00000000+BBBB' }],
    ['statement', { trustees: [{ ...first!, statementSha256: '0'.repeat(64) }, ...others] }],
  ])('has another digest with another %s', (_what, changed) => {
    expect(toHex(tenderDigest({ ...descriptor, ...changed }))).not.toBe(toHex(tenderDigest(descriptor)));
  });

  it.each(['SS2', 'ss1', '', undefined, 1])('refuses the suite %j', async (suite) => {
    const unknown = { ...descriptor, suite } as unknown as TenderDescriptor;
    expect(await refusalOf(() => checkDescriptor(unknown))).toBe('suite.unknown');
    expect(await refusalOf(() => tenderDigest(unknown))).toBe('suite.unknown');
  });

  it.each<[string, Partial<TenderDescriptor>]>([
    ['a quorum of one', { k: 1 }],
    ['a quorum of all', { k: 5 }],
    ['a quorum that is no whole number', { k: 2.5 }],
    ['fewer trustees than n', { n: 6 }],
    ['trustees out of order', { trustees: [...descriptor.trustees].reverse() }],
    ['one key twice', { trustees: [{ ...first!, publicKey: others[0]!.publicKey }, ...others] }],
    ['one certificate twice', { trustees: [{ ...first!, certSha256: others[0]!.certSha256 }, ...others] }],
    ['a certificate hash in capitals', { trustees: [{ ...first!, certSha256: 'A'.repeat(64) }, ...others] }],
    ['a statement hash that is none', { trustees: [{ ...first!, statementSha256: '' }, ...others] }],
    ['a rule that is no plain value', { rules: { method: [] as unknown as string } }],
    ['a rule that is a fraction', { rules: { weight: 0.5 } }],
    ['an empty ledger key', { ledgerKey: '' }],
    ['an envelope whose name is no word', { envelopes: ['../price'] }],
    ['no envelopes', { envelopes: [] }],
    ['one envelope twice', { envelopes: ['price', 'price'] }],
    ['a deadline without a zone', { deadlineAt: '2026-04-01T01:00:00.000' }],
    ['a tender id that is no UUID', { tenderId: 'T-1' }],
  ])('refuses %s', async (_what, changed) => {
    expect(await refusalOf(() => checkDescriptor({ ...descriptor, ...changed }))).toBe('descriptor.invalid');
  });

  it.each([encodePoint(ZERO), 'A', `${first!.publicKey}=`])(
    'refuses the trustee key %s',
    async (publicKey) => {
      const trustees = [{ ...first!, publicKey }, ...others];
      expect(await refusalOf(() => checkDescriptor({ ...descriptor, trustees }))).toBe('point.not-canonical');
    },
  );
});
