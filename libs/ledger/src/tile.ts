import { refusal } from './refusal.js';
import { invariant } from '#kernel';
import { isTreeSize } from './tree-shape.js';

/** Hashes or entries in a full tile (c2sp.org/tlog-tiles). */
export const TILE_WIDTH = 256;

/** Levels of the tree between the hashes of a full tile and its root. */
export const TILE_LEVELS = 8;

/** Hash tiles have levels 0 … 63, 0 being leaf hashes; `entries` stands for bundles. */
export type TileLevel = number | 'entries';

export interface Tile {
  readonly level: TileLevel;
  readonly index: number;
  /** 1 … 256; less than 256 for a partial tile. */
  readonly width: number;
}

const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Path below the log's prefix: `tile/0/x001/x234/067.p/8`. */
export function tilePath({ level, index, width }: Tile): string {
  invariant(level === 'entries' || (Number.isInteger(level) && level >= 0 && level < 64), 'level 0 to 63');
  invariant(isTreeSize(index), 'a tile index is a safe integer');
  invariant(Number.isInteger(width) && width > 0 && width <= TILE_WIDTH, 'width 1 to 256');
  const digits = index.toString();
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!;
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${name}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

/** Reads the one spelling that {@link tilePath} writes; refuses anything else with `tile.malformed`. */
export function parseTilePath(path: string): Tile {
  const match = PATH.exec(path);
  if (match) {
    const level: TileLevel = match[1] === 'entries' ? 'entries' : parseInt(match[1]!, 10);
    const index = parseInt(match[2]!.replace(/[x/]/g, ''), 10);
    const width = match[3] === undefined ? TILE_WIDTH : parseInt(match[3], 10);
    const inRange = width <= TILE_WIDTH && (level === 'entries' || level < 64) && isTreeSize(index);
    const tile: Tile = { level, index, width };
    if (inRange && tilePath(tile) === path) return tile;
  }
  throw refusal('tile.malformed', `not the path of a tile: ${path.slice(0, 100)}`, { path });
}

/** Hashes at a tile level in a tree of `size` leaves: ⌊size / 256^level⌋. */
export function countAtLevel(size: number, level: TileLevel): number {
  let count = size;
  for (let l = level === 'entries' ? 0 : level; l > 0 && count > 0; l--)
    count = Math.floor(count / TILE_WIDTH);
  return count;
}

/** Width of a tile in the tree of `size` leaves; 0 if the tree does not reach it. */
export function tileWidth(size: number, level: TileLevel, index: number): number {
  return Math.min(TILE_WIDTH, Math.max(0, countAtLevel(size, level) - index * TILE_WIDTH));
}

/**
 * Every tile and bundle that growing from `oldSize` to `newSize` leaves adds: new full tiles and the partial
 * ones at the right edge; bundles first, then levels upward. From size 0 that is the whole log.
 */
export function tilesForAppend(oldSize: number, newSize: number): Tile[] {
  invariant(isTreeSize(oldSize) && isTreeSize(newSize) && oldSize <= newSize, 'a log only grows');
  const tiles: Tile[] = [];
  const addLevel = (level: TileLevel): boolean => {
    const [before, after] = [countAtLevel(oldSize, level), countAtLevel(newSize, level)];
    if (after > before) {
      for (let index = Math.floor(before / TILE_WIDTH); index * TILE_WIDTH < after; index++) {
        tiles.push({ level, index, width: tileWidth(newSize, level, index) });
      }
    }
    return after > before;
  };
  addLevel('entries');
  for (let level = 0; addLevel(level); level++);
  return tiles;
}
