import { bytesEqual, toBase64 } from '#kernel';
import type { IndexedEntry } from './collect-reveals.js';
import { type Checkpoint, openCheckpoint, parseCheckpoint } from './checkpoint.js';
import { isSealedEntry } from './entry.js';
import { Frontier } from './frontier.js';
import type { Sha256 } from './hashing.js';
import type { NoteVerifier } from './note-key.js';
import { refusal } from './refusal.js';
import { parseNote } from './signed-note.js';

/** Type of the entry by which a ledger takes up a checkpoint of the ledger of a centre below it. */
export const LOWER_CHECKPOINT = 'audit.lower-checkpoint';

export interface LowerCheckpoint extends Checkpoint {
  /** Of the entry in the upper ledger. */
  readonly index: number;
  readonly regionCode: string;
  /** As the lower ledger signed it. */
  readonly note: string;
}

/**
 * The checkpoints of lower ledgers that a ledger holds, in its order. Refuses with `entry.malformed` an entry of the
 * type that lacks a member, or says something else than its own note.
 */
export function lowerCheckpoints(entries: Iterable<IndexedEntry>): LowerCheckpoint[] {
  const found: LowerCheckpoint[] = [];
  for (const { index, entry } of entries) {
    if (isSealedEntry(entry) || entry.type !== LOWER_CHECKPOINT) continue;
    const { regionCode, origin, size, root, checkpoint: note } = entry.data;
    const signed = typeof note === 'string' ? claimed(note) : undefined;
    if (
      typeof note !== 'string' ||
      typeof regionCode !== 'string' ||
      !signed ||
      signed.origin !== origin ||
      signed.size !== size ||
      toBase64(signed.root) !== root
    ) {
      throw refusal('entry.malformed', `entry ${index} holds no checkpoint of a lower ledger`, { index });
    }
    found.push({ ...signed, index, regionCode, note });
  }
  return found;
}

/**
 * Returns only if the lower ledger, whose leaf hashes these are, begins with the tree of every checkpoint of it that
 * the upper ledger holds, each signed by one of its keys. Refuses with `ledger.rewound` where the lower ledger is
 * shorter than a checkpoint, `ledger.forked` where it holds other entries, and as `openCheckpoint` does; each names the
 * entry of the upper ledger as `index`.
 */
export function requireLower(
  held: readonly LowerCheckpoint[],
  leafHashes: readonly Uint8Array[],
  verifiers: readonly NoteVerifier[],
  sha256: Sha256,
): void {
  let frontier = Frontier.EMPTY;
  for (const { index, origin, size, root, note } of held.toSorted((a, b) => a.size - b.size)) {
    openCheckpoint(note, verifiers);
    if (size > leafHashes.length) {
      const message = `${origin} has ${leafHashes.length} entries and had signed ${size}, says entry ${index} above`;
      throw refusal('ledger.rewound', message, { index, size });
    }
    frontier = frontier.appendAll(leafHashes.slice(frontier.size, size), sha256);
    if (!bytesEqual(frontier.root(sha256), root)) {
      const message = `${origin} holds other entries below ${size} than it had signed, says entry ${index} above`;
      throw refusal('ledger.forked', message, { index, size });
    }
  }
}

/** What a note says without anybody having checked its signature. */
function claimed(note: string): Checkpoint | undefined {
  try {
    return parseCheckpoint(parseNote(note).text);
  } catch {
    return undefined;
  }
}
