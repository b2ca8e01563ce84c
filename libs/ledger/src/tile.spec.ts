import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readVectors } from '../test-support/vectors.js';
import { decodeEntryBundle, decodeHashTile, encodeEntryBundle, encodeHashTile } from './tile-bytes.js';
import {
  parseTilePath,
  tilePath,
  tilesForAppend,
  tileWidth,
  TILE_WIDTH,
  type Tile,
  type TileLevel,
} from './tile.js';

interface Vectors {
  tilePaths: (Tile & { path: string })[];
  treeShapes: { size: number; full: Record<string, number>; partial: Record<string, number> }[];
}
const { tilePaths, treeShapes } = readVectors<Vectors>('c2sp-tlog');
const { cases } = readVectors<{ cases: { oldSize: number; newSize: number; hashTiles: number }[] }>(
  'tlog-newtiles',
);

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'taken';
};

describe('tile paths', () => {
  it.each(tilePaths)('writes and reads $path', ({ path, ...tile }) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it('reads every path that it writes', () => {
    const level = fc.oneof(fc.nat(63), fc.constant<TileLevel>('entries'));
    const tile = fc.record({ level, index: fc.maxSafeNat(), width: fc.integer({ min: 1, max: 256 }) });
    fc.assert(fc.property(tile, (made) => expect(parseTilePath(tilePath(made))).toEqual(made)));
  });

  it.each([
    'tile/0/1',
    'tile/0/x000/001',
    'tile/00/001',
    'tile/64/001',
    'tile/-1/001',
    'tile/0/001.p/0',
    'tile/0/001.p/01',
    'tile/0/001.p/256',
    'tile/0/001.p/257',
    'tile/0/001.p',
    'tile/0/123/456',
    'tile/0/x123',
    'tile/data/001',
    'tile/0/../001',
    '/tile/0/001',
    'tile/0/001\n',
    'tile/0/x999/x999/x999/x999/x999/999',
    '',
  ])('refuses %j', (path) => {
    expect(codeOf(() => parseTilePath(path))).toBe('tile.malformed');
  });
});

describe('tile shapes', () => {
  it.each(treeShapes)(
    'a tree of $size leaves has the tiles that the specification names',
    ({ size, full, partial }) => {
      const tiles = tilesForAppend(0, size).filter(({ level }) => level !== 'entries');
      for (const [level, count] of Object.entries(full)) {
        const wide = tiles.filter((tile) => String(tile.level) === level && tile.width === TILE_WIDTH);
        expect(wide).toHaveLength(count);
      }
      const narrow = tiles.filter(({ width }) => width < TILE_WIDTH);
      expect(Object.fromEntries(narrow.map(({ level, width }) => [level, width]))).toEqual(partial);
    },
  );

  it.each(cases)('growing from $oldSize to $newSize writes $hashTiles hash tiles', (vector) => {
    const tiles = tilesForAppend(vector.oldSize, vector.newSize);
    expect(tiles.filter(({ level }) => level !== 'entries')).toHaveLength(vector.hashTiles);
  });

  it('has no tile of width 0 and knows sizes beyond 32 bits', () => {
    expect(tileWidth(512, 0, 2)).toBe(0);
    expect(tileWidth(2 ** 40 + 3, 0, 2 ** 32)).toBe(3);
    expect(tileWidth(2 ** 40 + 3, 5, 0)).toBe(1);
    expect(tilesForAppend(2 ** 40, 2 ** 40 + 3)).toEqual([
      { level: 'entries', index: 2 ** 32, width: 3 },
      { level: 0, index: 2 ** 32, width: 3 },
    ]);
  });
});

describe('tile bytes', () => {
  it('reads back every bundle that it writes', () => {
    const bundle = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 });
    fc.assert(
      fc.property(bundle, (entries) => {
        expect(decodeEntryBundle(encodeEntryBundle(entries), entries.length)).toEqual(entries);
      }),
    );
  });

  it('takes an entry of 65,535 bytes and refuses one byte more', () => {
    const longest = new Uint8Array(65_535).fill(1);
    expect(decodeEntryBundle(encodeEntryBundle([longest]), 1)).toEqual([longest]);
    expect(codeOf(() => encodeEntryBundle([new Uint8Array(65_536)]))).toBe('entry.too-large');
  });

  it('refuses bundles that are cut, run on, or hold another number of entries', () => {
    const bytes = encodeEntryBundle([Uint8Array.of(1, 2, 3), Uint8Array.of(4)]);
    for (let length = 0; length < bytes.length; length++) {
      expect(codeOf(() => decodeEntryBundle(bytes.slice(0, length), 2))).toBe('tile.malformed');
    }
    expect(codeOf(() => decodeEntryBundle(Uint8Array.of(...bytes, 0), 2))).toBe('tile.malformed');
    expect(codeOf(() => decodeEntryBundle(Uint8Array.of(...bytes, 0, 0), 2))).toBe('tile.malformed');
    expect(codeOf(() => decodeEntryBundle(bytes, 1))).toBe('tile.malformed');
  });

  it('refuses hash tiles of another length', () => {
    const bytes = encodeHashTile([new Uint8Array(32), new Uint8Array(32).fill(1)]);
    expect(decodeHashTile(bytes, 2)[1]).toEqual(new Uint8Array(32).fill(1));
    expect(codeOf(() => decodeHashTile(bytes, 1))).toBe('tile.malformed');
    expect(codeOf(() => decodeHashTile(bytes.slice(1), 2))).toBe('tile.malformed');
  });
});
