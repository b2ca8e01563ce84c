import { bytesEqual, invariant } from '#kernel';
import { Frontier } from './frontier.js';
import { defaultSha256, foldComplete, leafHash, type Sha256 } from './hashing.js';
import { consistencyProof, inclusionProof, rootAt } from './merkle-tree.js';
import { refusal } from './refusal.js';
import { decodeEntryBundle, decodeHashTile } from './tile-bytes.js';
import { TILE_WIDTH, tilePath, tileWidth, type TileLevel } from './tile.js';
import { completeSubtrees } from './tree-shape.js';

/** Bytes of a file of the log; rejects where there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

const LEVELS_PER_TILE = 8;
const TILES_KEPT = 256;

/**
 * Proofs and entries of a log of `size` leaves, computed from its tiles alone, each read at most once while it
 * is among the last 256 used. It trusts what it reads: compare `root()` with the signed root, or verify each
 * proof, before relying on an answer. Missing files are refused with `log.truncated`, files of the wrong length
 * with `tile.malformed`, both with the `path`; indices outside the log are a bug of the caller.
 */
export class TileReader {
  readonly size: number;
  private readonly readFile: ReadFile;
  private readonly sha256: Sha256;
  private readonly tiles = new Map<string, Promise<Uint8Array[]>>();

  /** `size` is that of a checkpoint. */
  constructor(readFile: ReadFile, size: number, sha256: Sha256 = defaultSha256) {
    this.readFile = readFile;
    this.size = size;
    this.sha256 = sha256;
  }

  async leafHash(index: number): Promise<Uint8Array> {
    return this.hashAt(0, index);
  }

  /** Root of the complete subtree of 2^level leaves that starts at leaf index · 2^level. */
  async hashAt(level: number, index: number): Promise<Uint8Array> {
    const tileLevel = Math.floor(level / LEVELS_PER_TILE);
    const span = 2 ** (level % LEVELS_PER_TILE);
    const first = index * span;
    const hashes = await this.tile(tileLevel, Math.floor(first / TILE_WIDTH));
    const within = first % TILE_WIDTH;
    const part = hashes.slice(within, within + span);
    invariant(part.length === span, 'only complete subtrees of the log have a hash');
    return foldComplete(part, this.sha256);
  }

  async entry(index: number): Promise<Uint8Array> {
    const entries = await this.tile('entries', Math.floor(index / TILE_WIDTH));
    const entry = entries[index % TILE_WIDTH];
    invariant(entry, 'the index is below the size');
    return entry;
  }

  /**
   * All entries in order, returned only if they lead to `root`, which comes from a verified checkpoint. Reads
   * bundles alone; `verifyLog` also checks the hash tiles. Refuses with `checkpoint.root-mismatch`.
   */
  async verifiedEntries(root: Uint8Array): Promise<Uint8Array[]> {
    const all: Uint8Array[] = [];
    let frontier = Frontier.EMPTY;
    for (let n = 0; n * TILE_WIDTH < this.size; n++) {
      const entries = await this.tile('entries', n);
      frontier = frontier.appendAll(
        entries.map((entry) => leafHash(entry, this.sha256)),
        this.sha256,
      );
      all.push(...entries);
    }
    if (!bytesEqual(frontier.root(this.sha256), root)) {
      throw refusal('checkpoint.root-mismatch', 'the entries are not those that the checkpoint signs');
    }
    return all;
  }

  inclusionProof(index: number): Promise<Uint8Array[]> {
    return inclusionProof(index, this.size, this.hashAtLevel, this.sha256);
  }

  consistencyProof(oldSize: number): Promise<Uint8Array[]> {
    return consistencyProof(oldSize, this.size, this.hashAtLevel, this.sha256);
  }

  root(): Promise<Uint8Array> {
    return rootAt(this.size, this.hashAtLevel, this.sha256);
  }

  /** The frontier of the log, one hash for each complete subtree. */
  async frontier(): Promise<Frontier> {
    const subtrees = completeSubtrees({ begin: 0, end: this.size });
    const hashes = await Promise.all(subtrees.map(({ level, index }) => this.hashAt(level, index)));
    return Frontier.of(this.size, hashes);
  }

  private readonly hashAtLevel = (level: number, index: number): Promise<Uint8Array> =>
    this.hashAt(level, index);

  private tile(level: TileLevel, index: number): Promise<Uint8Array[]> {
    const key = `${level}/${index}`;
    const kept = this.tiles.get(key) ?? this.load(level, index);
    this.tiles.delete(key);
    this.tiles.set(key, kept);
    if (this.tiles.size > TILES_KEPT) this.tiles.delete(this.tiles.keys().next().value!);
    // A read that failed may succeed later; it must not be remembered.
    kept.catch(() => this.tiles.delete(key));
    return kept;
  }

  private async load(level: TileLevel, index: number): Promise<Uint8Array[]> {
    const width = tileWidth(this.size, level, index);
    invariant(width > 0, 'the tile is within the log');
    const { path, bytes, width: stored } = await readTileOf(this.readFile, { level, index, width });
    try {
      const decode = level === 'entries' ? decodeEntryBundle : decodeHashTile;
      return decode(bytes, stored).slice(0, width);
    } catch (error) {
      throw refusal('tile.malformed', `${path}: ${error instanceof Error ? error.message : ''}`, { path });
    }
  }
}

/**
 * A tile of the log. Where a partial one is gone the full tile that replaced it serves (tlog-tiles lets a log
 * delete partial tiles then). Refuses with `log.truncated` and the `path` where there is neither.
 */
export async function readTileOf(
  readFile: ReadFile,
  tile: { readonly level: TileLevel; readonly index: number; readonly width: number },
): Promise<{ path: string; bytes: Uint8Array; width: number }> {
  const path = tilePath(tile);
  const full = { ...tile, width: TILE_WIDTH };
  try {
    return { path, bytes: await readFile(path), width: tile.width };
  } catch (error) {
    if (tile.width < TILE_WIDTH) {
      try {
        return { path: tilePath(full), bytes: await readFile(tilePath(full)), width: TILE_WIDTH };
      } catch {
        // Neither is there: report the tile that this size needs.
      }
    }
    const cause = error instanceof Error ? error.message : String(error);
    throw refusal('log.truncated', `the log lacks ${path}`, { path, cause });
  }
}
