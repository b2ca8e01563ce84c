import { describe, expect, it } from '@jest/globals';
import { sha256Hex } from '../sha256-hex.js';
import type { BundleCheck } from './bundle-check.js';
import type { BundleTender } from './bundle-tender.js';
import { verifyClose } from './verify-close.js';
import type { VerifiedLedgerFolder } from './verify-ledger-folder.js';

const DEADLINE = '2026-12-14T08:00:00.000Z';
const BEFORE = '2026-12-14T07:59:59.999Z';
const TENDER = 'tender';
const BIDS = 600;

const digest = (text: string): string => sha256Hex(text);
const manifestsOf = (bid: number): string[] => [digest(`${bid} technical`), digest(`${bid} commercial`)];

function reveal(type: string, organisationId: string, seq: number, data: object = {}) {
  return { event: { type, tender: TENDER, data: { organisationId, seq, ...data } } };
}

function actsOf(n: number): object[] {
  const manifests = manifestsOf(n).map((sha256) => ({ sha256 }));
  return [
    reveal('bid-submitted', `o${n}`, 1, { receivedAt: BEFORE, manifests }),
    reveal('bid-accepted', `o${n}`, 1, { acceptedAt: BEFORE }),
  ];
}

const reveals = Array.from({ length: BIDS }, (_, n) => actsOf(n)).flat();
const list = Array.from({ length: BIDS }, (_, n) => manifestsOf(n))
  .flat()
  .sort();

const tender = {
  descriptor: { deadlineAt: DEADLINE, rules: {} },
  notice: { tenderId: TENDER },
} as unknown as BundleTender;

const check = (manifests: readonly string[], all: readonly object[] = reveals, count = BIDS): BundleCheck =>
  verifyClose(tender, {
    reveals: all,
    entered: { close: { count }, manifests, isDemonstration: false },
  } as unknown as VerifiedLedgerFolder);

describe('the list of a bundle, in several parts', () => {
  it('follows from the acts that were received', () => {
    expect(check(list).line).toContain('600 final bids');
  });

  it('lacks a bid, which is named with its part', () => {
    const gone = list[700]!;
    expect(() => check(list.filter((one) => one !== gone))).toThrow(`in part 2, ${gone} is missing`);
    expect(() => check(list.slice(0, -1))).toThrow(`in part 3, ${list.at(-1)!} is missing`);
  });

  it('holds what was never a final bid’s, which is named', () => {
    const slipped = `${list[3]!.slice(0, 63)}${list[3]!.endsWith('f') ? 'e' : 'f'}`;
    expect(() => check([...list, slipped].sort())).toThrow(
      /in part 1, [0-9a-f]{64} (?:was never|is missing)/,
    );
    expect(() => check([...list, 'f'.repeat(64)])).toThrow(`${'f'.repeat(64)} was never a final bid’s`);
  });

  it('leaves a bid out that was withdrawn', () => {
    const withdrawn = reveal('bid-withdrawn', 'o1', 2, { receivedAt: BEFORE });
    const without = list.filter((one) => !manifestsOf(1).includes(one));
    expect(check(without, [...reveals, withdrawn], BIDS - 1).line).toContain('599 final bids');
    expect(() => check(list, [...reveals, withdrawn])).toThrow('was never a final bid’s');
  });

  it('counts as many bids as there are', () => {
    expect(() => check(list, reveals, BIDS + 1)).toThrow('600 bids were final, but the record counts 601');
  });
});
