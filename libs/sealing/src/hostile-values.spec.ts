import { beforeAll, describe, expect, it } from '@jest/globals';
import { allShares, AT, CLOSE, committeeOf, seal, sha256Hex, TENDER } from '../test-support/committee.js';
import { randomStream } from '../test-support/random-stream.js';
import { checkDescriptor, type TenderDescriptor } from './descriptor.js';
import { checkManifest, type Manifest, type WithdrawManifest } from './manifest.js';
import { withdrawManifest } from './seal.js';
import { type Share, verifyShare } from './share.js';
import { trusteeStatement, type TrusteeStatement, verifyTrusteeStatement } from './trustee.js';

const random = randomStream('hostile values');
const committee = committeeOf(3, 2, random);
const { descriptor } = committee;

const ODD: readonly unknown[] = [
  null,
  undefined,
  0,
  -1,
  1.5,
  NaN,
  1e300,
  true,
  '',
  'x',
  '\ud800',
  [],
  [null],
  {},
];

type Variant = readonly [where: string, value: unknown];

/** The value with each member, at any depth, replaced by each odd value; left out; and with one member too many. */
function* variantsOf(value: unknown, where = ''): Generator<Variant> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const path = `${where}.${key}`;
    const replaced = (by: unknown): unknown =>
      Array.isArray(value) ? value.with(Number(key), by) : { ...value, [key]: by };
    for (const odd of ODD) if (odd !== member) yield [`${path} = ${JSON.stringify(odd)}`, replaced(odd)];
    if (!Array.isArray(value)) {
      yield [`without ${path}`, Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))];
    }
    for (const [deep, changed] of variantsOf(member, path)) yield [deep, replaced(changed)];
  }
  if (!Array.isArray(value)) yield [`${where} with a member too many`, { ...value, extra: 1 }];
}

/** What a check did with a value: the refusal's code, `accepted`, or how it broke. */
function verdict(check: (value: unknown) => void, value: unknown): 'refused' | 'accepted' | string {
  try {
    check(value);
    return 'accepted';
  } catch (error) {
    if (error instanceof Error && error.name === 'DomainError' && 'code' in error) return 'refused';
    return `broke: ${String(error)}`;
  }
}

/** Values that make another valid document, not a malformed one: rules are free, and so are the ledger's names. */
const IS_VALID_TOO: Readonly<Record<string, RegExp>> = {
  descriptor:
    /^(?:\.envelopes\.\d = "x"|\.ledger(?:Origin|Key) = "x"|\.rules = \{\}|\.rules with a member too many|without \.rules\.\w+|\.rules\.\w+ = (?:0|-1|true|""|"x"))$/,
  withdrawal: /^\.prev = null$/,
};

describe('any value in any place', () => {
  let valid: Readonly<Record<string, unknown>>;
  let checks: Readonly<Record<string, (value: unknown) => void>>;

  beforeAll(async () => {
    const { manifest } = await seal(committee, random);
    const [share] = allShares(committee, manifest, random);
    const statement = trusteeStatement({
      tenderId: TENDER,
      trusteeCertSha256: sha256Hex('trustee 1'),
      key: committee.keys[0]!,
      createdAt: AT,
      random,
    });
    const withdrawal = withdrawManifest({
      descriptor,
      bidderCertSha256: sha256Hex('bidder'),
      seq: 2,
      previousManifestSha256: sha256Hex('first'),
      clientTime: AT,
    });
    valid = { descriptor, manifest, withdrawal, statement, share };
    checks = {
      descriptor: (value) => checkDescriptor(value as TenderDescriptor),
      manifest: (value) => checkManifest(descriptor, value as Manifest),
      withdrawal: (value) => checkManifest(descriptor, value as WithdrawManifest),
      statement: (value) => verifyTrusteeStatement(value as TrusteeStatement),
      share: (value) => verifyShare({ descriptor, manifest, closeEntrySha256: CLOSE, share: value as Share }),
    };
  });

  it.each(['descriptor', 'manifest', 'withdrawal', 'statement', 'share'])(
    'of a %s is refused with a code, and never breaks the check',
    (kind) => {
      const check = checks[kind]!;
      expect(verdict(check, valid[kind])).toBe('accepted');
      const whole = ODD.map((value): Variant => [`whole = ${JSON.stringify(value)}`, value]);
      const faults = [...whole, ...variantsOf(valid[kind])].flatMap(([where, value]) => {
        const given = verdict(check, value);
        const isRight = given === 'refused' || (given === 'accepted' && IS_VALID_TOO[kind]?.test(where));
        return isRight ? [] : [`${where}: ${given}`];
      });
      expect(faults).toEqual([]);
    },
  );
});
