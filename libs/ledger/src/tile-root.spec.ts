import { describe, expect, it } from '@jest/globals';
import { concatBytes, utf8 } from '#kernel';
import { Frontier } from './frontier.js';
import { defaultSha256, foldComplete, leafHash, type Sha256 } from './hashing.js';
import { LeafBundle } from './leaf-bundle.js';
import { merkleRoot } from './merkle-tree.js';
import { encodeEntryBundle } from './tile-bytes.js';
import { tileRoot } from './tile-root.js';

const leaves = Array.from({ length: 1_024 }, (_, i) => leafHash(utf8(`leaf ${i}`)));
const tile = (n: number): Uint8Array[] => leaves.slice(n * 256, (n + 1) * 256);

describe('tileRoot', () => {
  it('is the root of the 256 hashes, tile after tile', () => {
    for (let n = 0; n < 4; n++) {
      const root = tileRoot(concatBytes(...tile(n)), defaultSha256);
      expect(root).toEqual(merkleRoot(tile(n)));
      expect(root).toEqual(foldComplete(tile(n)));
    }
  });

  it('takes full tiles only', () => {
    expect(() => tileRoot(new Uint8Array(255 * 32), defaultSha256)).toThrow('invariant');
  });
});

describe('Frontier.appendComplete', () => {
  it('is the same as appending the leaves one by one', () => {
    let frontier = Frontier.EMPTY;
    for (let n = 0; n < 4; n++) {
      frontier = frontier.appendComplete(8, merkleRoot(tile(n)));
      expect(frontier.toJSON()).toEqual(Frontier.EMPTY.appendAll(leaves.slice(0, (n + 1) * 256)).toJSON());
    }
    const mixed = Frontier.EMPTY.appendAll(leaves.slice(0, 6)).appendComplete(
      1,
      merkleRoot(leaves.slice(6, 8)),
    );
    expect(mixed.root()).toEqual(merkleRoot(leaves.slice(0, 8)));
  });

  it('is possible only where the subtree begins at a multiple of its width', () => {
    const five = Frontier.EMPTY.appendAll(leaves.slice(0, 5));
    expect(() => five.appendComplete(1, leaves[0]!)).toThrow('invariant');
    expect(() => five.appendComplete(0, new Uint8Array(31))).toThrow('invariant');
  });
});

describe('LeafBundle', () => {
  const entries = [utf8('a'), new Uint8Array(0), new Uint8Array(65_535).fill(7), utf8('tail')];
  const hashes = (sha256: Sha256, bundle: LeafBundle): Uint8Array[] =>
    Array.from({ length: bundle.width }, (_, i) => sha256(bundle.leafInput(i)));

  it('hashes each entry as a leaf, and gives its bytes', () => {
    const bundle = new LeafBundle(encodeEntryBundle(entries), 4, 4);
    expect(hashes(defaultSha256, bundle)).toEqual(entries.map((entry) => leafHash(entry)));
    for (const [i, entry] of entries.entries()) expect(bundle.entry(i)).toEqual(entry);
  });

  it('leaves the bytes it was given, and does not change with them', () => {
    const bytes = Buffer.from(encodeEntryBundle(entries));
    const before = Uint8Array.from(bytes);
    const bundle = new LeafBundle(bytes, 4, 2);
    expect(Uint8Array.from(bytes)).toEqual(before);
    bytes.fill(0xff);
    expect(hashes(defaultSha256, bundle)).toEqual(entries.slice(0, 2).map((entry) => leafHash(entry)));
  });
});
