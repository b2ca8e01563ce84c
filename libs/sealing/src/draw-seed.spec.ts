import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { bech32 } from '@scure/base';
import { fromHex, toHex } from '#kernel';
import { drawSeed, type PublishedIdentity } from './index.js';

interface Vectors {
  readonly seeds: readonly {
    readonly title: string;
    readonly tid: string;
    readonly envelopes: readonly PublishedIdentity[];
    readonly seed: string;
  }[];
}

const { seeds } = JSON.parse(
  readFileSync(new URL('../vectors/draw-seed.json', import.meta.url), 'utf8'),
) as Vectors;
const [{ tid, envelopes, seed }] = seeds as [Vectors['seeds'][number]];
const seedOf = (list: readonly PublishedIdentity[]): string => toHex(drawSeed(fromHex(tid), list));

describe('the seed of public draws', () => {
  it.each(seeds)('is that of another program: $title', (vector) => {
    expect(toHex(drawSeed(fromHex(vector.tid), vector.envelopes))).toBe(vector.seed);
  });

  it('does not depend on the order of the record, nor on envelopes that were not opened', () => {
    expect(seedOf(envelopes.toReversed())).toBe(seed);
    expect(seedOf(envelopes.filter(({ identity }) => identity !== ''))).toBe(seed);
  });

  it('is another one with any other bid or secret', () => {
    expect(seedOf(envelopes.slice(1))).not.toBe(seed);
    const [first, second, ...rest] = envelopes as [
      PublishedIdentity,
      PublishedIdentity,
      ...PublishedIdentity[],
    ];
    const changed = [
      { ...first, identity: second.identity },
      { ...second, identity: first.identity },
      ...rest,
    ];
    expect(seedOf(changed)).not.toBe(seed);
  });

  it('knows one value of a key, however its unused bits are written', () => {
    const [first, ...rest] = envelopes as [PublishedIdentity, ...PublishedIdentity[]];
    const bytes = Uint8Array.from(bech32.decodeToBytes(first.identity.toLowerCase()).bytes);
    bytes[0]! ^= 7;
    bytes[31]! ^= 0xc0;
    const other = bech32.encodeFromBytes('AGE-SECRET-KEY-', bytes).toUpperCase();
    expect(other).not.toBe(first.identity);
    expect(seedOf([{ ...first, identity: other }, ...rest])).toBe(seed);
  });

  it('is refused where an envelope stands twice', () => {
    expect(() => seedOf([...envelopes, envelopes[0]!])).toThrow('once');
  });
});
