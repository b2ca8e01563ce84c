import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { utf8 } from '#kernel';
import { Frontier, type FrontierJson } from './frontier.js';
import { leafHash } from './hashing.js';
import { merkleRoot } from './merkle-tree.js';

const leaves = Array.from({ length: 130 }, (_, i) => leafHash(utf8(`leaf ${i}`)));

describe('Frontier', () => {
  it('has the root of the tree after every append, also through its JSON', () => {
    let frontier = Frontier.EMPTY;
    expect(frontier.root()).toEqual(merkleRoot([]));
    for (const [i, leaf] of leaves.entries()) {
      frontier = Frontier.fromJSON(JSON.parse(JSON.stringify(frontier.append(leaf))) as FrontierJson);
      expect(frontier.size).toBe(i + 1);
      expect(frontier.root()).toEqual(merkleRoot(leaves.slice(0, i + 1)));
    }
  });

  it('does not depend on how the leaves were batched', () => {
    fc.assert(
      fc.property(fc.nat(130), fc.nat(130), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const once = Frontier.EMPTY.appendAll(leaves.slice(0, to));
        const twice = Frontier.EMPTY.appendAll(leaves.slice(0, from)).appendAll(leaves.slice(from, to));
        expect(twice.toJSON()).toEqual(once.toJSON());
      }),
    );
  });

  it('leaves the frontier appended to as it was', () => {
    const three = Frontier.EMPTY.appendAll(leaves.slice(0, 3));
    const before = JSON.stringify(three);
    three.append(leaves[3]!);
    expect(JSON.stringify(three)).toBe(before);
  });

  it('holds a row with the wrong number or length of hashes for broken', () => {
    const json = Frontier.EMPTY.appendAll(leaves.slice(0, 3)).toJSON();
    expect(() => Frontier.fromJSON({ ...json, size: 4 })).toThrow('invariant');
    expect(() => Frontier.fromJSON({ ...json, size: -1 })).toThrow('invariant');
    expect(() => Frontier.fromJSON({ ...json, hashes: json.hashes.map((hash) => hash.slice(2)) })).toThrow(
      'invariant',
    );
    expect(() =>
      Frontier.fromJSON({ ...json, hashes: json.hashes.map((hash) => hash.toUpperCase()) }),
    ).toThrow('invariant');
  });
});
