import { describe, expect, it } from '@jest/globals';
import { AT, OTHER_TENDER, refusalOf, sha256Hex, TENDER } from '../test-support/committee.js';
import { randomStream } from '../test-support/random-stream.js';
import { encodeScalar, ORDER } from './group.js';
import {
  createTrusteeKey,
  secretScalar,
  trusteeStatement,
  type TrusteeStatement,
  verifyTrusteeStatement,
} from './trustee.js';

const random = randomStream('trustee');
const key = createTrusteeKey(random);
const statement = trusteeStatement({
  tenderId: TENDER,
  trusteeCertSha256: sha256Hex('trustee 1'),
  key,
  createdAt: AT,
  random,
});
const other = trusteeStatement({
  tenderId: TENDER,
  trusteeCertSha256: sha256Hex('trustee 1'),
  key: createTrusteeKey(random),
  createdAt: AT,
  random,
});
const { c, z } = statement.proofOfPossession;

describe('trustee statement', () => {
  it('proves that its maker has the key', () => {
    expect(() => verifyTrusteeStatement(statement)).not.toThrow();
  });

  it('holds no secret', () => {
    expect(JSON.stringify(statement)).not.toContain(encodeScalar(secretScalar(key)));
  });

  it.each<[string, Partial<TrusteeStatement>]>([
    ['another tender', { tenderId: OTHER_TENDER }],
    ['another certificate', { trusteeCertSha256: sha256Hex('trustee 2') }],
    ['another key', { publicKey: other.publicKey }],
    ['the proof of another key', { proofOfPossession: other.proofOfPossession }],
    ['challenge and response swapped', { proofOfPossession: { c: z, z: c } }],
    ['a certificate hash in capitals', { trusteeCertSha256: sha256Hex('trustee 1').toUpperCase() }],
    ['a time that is no instant', { createdAt: 'now' }],
    ['a member too many', { note: 'x' } as object],
    [
      'a proof with a member too many',
      { proofOfPossession: { c, z, r: z } as object as typeof other.proofOfPossession },
    ],
  ])('is refused with %s', async (_what, changed) => {
    const changedStatement = { ...statement, ...changed };
    expect(await refusalOf(() => verifyTrusteeStatement(changedStatement))).toBe('statement.proof-invalid');
  });

  it.each<[string, string, object]>([
    ['another suite', 'suite.unknown', { suite: 'SS2' }],
    ['another version', 'suite.unknown', { v: 2 }],
    ['a key that is no point', 'point.not-canonical', { publicKey: 'A'.repeat(43) }],
    ['a proof that is missing', 'scalar.not-canonical', { proofOfPossession: undefined }],
    ['a response that is missing', 'scalar.not-canonical', { proofOfPossession: { c } }],
    [
      'a response not below the order',
      'scalar.not-canonical',
      { proofOfPossession: { c, z: notReduced(z) } },
    ],
  ])('is refused with %s', async (_what, code, changed) => {
    const changedStatement = { ...statement, ...changed } as TrusteeStatement;
    expect(await refusalOf(() => verifyTrusteeStatement(changedStatement))).toBe(code);
  });
});

/** The same scalar plus the order: the second spelling that a lax reader would take. */
function notReduced(text: string): string {
  let n = ORDER;
  Buffer.from(text, 'base64url').forEach((byte, at) => (n += BigInt(byte) << BigInt(8 * at)));
  return Buffer.from(n.toString(16).padStart(64, '0'), 'hex').reverse().toString('base64url');
}
