import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDomainError } from '#kernel';
import {
  FINAL_BIDS_PART_MAX,
  finalBidsParts,
  type FinalBidsPart,
  finalBidsSha256,
  joinFinalBids,
} from './final-bids.js';

interface Vector {
  readonly lists: readonly {
    readonly count: number;
    readonly list?: readonly string[];
    readonly parts: number;
    readonly sha256: string;
  }[];
}

const vector = JSON.parse(
  readFileSync(new URL('../vectors/final-bids.json', import.meta.url), 'utf8'),
) as Vector;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const listOf = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => digest(`manifest ${at + 1}`)).sort();
const recordOf = (list: readonly string[]) => ({
  manifestCount: list.length,
  manifestsSha256: finalBidsSha256(list),
});

function refusalOf(record: ReturnType<typeof recordOf>, parts: readonly FinalBidsPart[]): string {
  try {
    joinFinalBids(record, parts);
    return 'nothing';
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return `${error.code} ${String(error.details['part'] ?? '')}`.trim();
  }
}

describe('the list of final bids', () => {
  it('has the hash and the parts of the published vector', () => {
    for (const { count, list, parts, sha256 } of vector.lists) {
      const made = listOf(count);
      if (list) expect(made).toEqual(list);
      expect(finalBidsSha256(made)).toBe(sha256);
      expect(finalBidsParts(made)).toHaveLength(parts);
    }
  });

  it('is hashed only in its order', () => {
    const list = listOf(3);
    expect(() => finalBidsSha256(list.toReversed())).toThrow('ascending');
    expect(() => finalBidsSha256([list[0]!, list[0]!])).toThrow('ascending');
  });

  it('is had again from its parts, in whichever order they come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_600 }), fc.infiniteStream(fc.nat()), (count, order) => {
        const list = listOf(count);
        const parts = finalBidsParts(list).toSorted(() => (order.next().value! % 2 === 0 ? 1 : -1));
        expect(joinFinalBids(recordOf(list), parts)).toEqual(list);
      }),
      { numRuns: 20 },
    );
  });

  describe('of three parts', () => {
    const list = listOf(2 * FINAL_BIDS_PART_MAX + 7);
    const parts = finalBidsParts(list) as [FinalBidsPart, FinalBidsPart, FinalBidsPart];
    const [first, second, third] = parts;
    const record = recordOf(list);
    const altered = (part: FinalBidsPart, change: (digests: string[]) => string[]): FinalBidsPart => ({
      ...part,
      manifests: change([...part.manifests]),
    });

    it('misses the part that is not there', () => {
      expect(refusalOf(record, [first, third])).toBe('final-bids.part-missing 2');
      expect(refusalOf(record, [])).toBe('final-bids.part-missing 1');
    });

    it('takes no part twice, not even the same', () => {
      expect(refusalOf(record, [...parts, second])).toBe('final-bids.part-doubled 2');
    });

    it('takes no part that another list has', () => {
      expect(refusalOf(record, [...parts, { ...third, part: 4 }])).toBe('final-bids.part-foreign 4');
      expect(refusalOf(record, [first, second, { ...third, parts: 4 }])).toBe('final-bids.part-foreign 3');
      expect(refusalOf(record, [{ ...first, part: 0 }, second, third])).toBe('final-bids.part-foreign 0');
      expect(refusalOf(record, [{ ...first, part: 1.5 }, second, third])).toBe('final-bids.part-foreign 1.5');
    });

    it('names the part that has another number of digests, or another order', () => {
      for (const change of [
        (digests: string[]) => digests.slice(1),
        (digests: string[]) => [...digests, digests.at(-1)!],
        (digests: string[]) => digests.toReversed(),
        (digests: string[]) => digests.with(3, digests[2]!),
        (digests: string[]) => digests.with(0, first.manifests[0]!),
        (digests: string[]) => digests.with(3, 'x'),
      ]) {
        expect(refusalOf(record, [first, altered(second, change), third])).toBe('final-bids.altered 2');
      }
      const noList = { ...second, manifests: null as never };
      expect(refusalOf(record, [first, noList, third])).toBe('final-bids.altered 2');
    });

    it('is another list with one digest changed in its place', () => {
      const between = `${second.manifests[3]!.slice(0, -1)}${second.manifests[3]!.endsWith('0') ? '1' : '0'}`;
      const forged = altered(second, (digests) => digests.with(3, between));
      expect(refusalOf(record, [first, forged, third])).toBe('final-bids.altered');
    });

    it('is not what another record names', () => {
      expect(refusalOf({ ...record, manifestsSha256: digest('other') }, parts)).toBe('final-bids.altered');
      expect(refusalOf({ ...record, manifestCount: list.length - 1 }, parts)).toBe('final-bids.altered 3');
      expect(refusalOf({ ...record, manifestCount: Number.NaN }, parts)).toBe('final-bids.part-foreign 1');
    });
  });
});
