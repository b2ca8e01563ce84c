import { isDomainError, utf8 } from '#kernel';
import { openCheckpoint, parseCheckpoint, type Checkpoint, type OpenedCheckpoint } from './checkpoint.js';
import type { IndexedEntry } from './collect-reveals.js';
import { decodeEntry, type Entry } from './entry.js';
import { KEY_ROTATED, KeyHistory } from './key-rotation.js';
import { ED25519_TYPE, type NoteVerifier } from './note-key.js';
import { refusal } from './refusal.js';
import { parseNote } from './signed-note.js';
import { decodeEntryBundle } from './tile-bytes.js';
import { type ReadFile, readTileOf } from './tile-reader.js';
import { TILE_WIDTH, tileWidth } from './tile.js';

const ENDING = utf8(`,"type":"${KEY_ROTATED}","v":1}`);

/** Whether these bytes, an entry in canonical form, change the log's key. */
export function endsAsRotation(entry: Uint8Array): boolean {
  let [at, of] = [entry.length - 1, ENDING.length - 1];
  // From the end of the type backwards: what differs does so there.
  while (of >= 0 && entry[at] === ENDING[of]) {
    at -= 1;
    of -= 1;
  }
  return of < 0;
}

/** The log's own key among verifiers; witnesses have others. */
export const ownKey = (verifiers: readonly NoteVerifier[], origin: string): NoteVerifier | undefined =>
  verifiers.find(({ name, type }) => name === origin && type === ED25519_TYPE);

/**
 * The verifiers with which checkpoints of a log open, the latest first: those given, and where one of the notes is signed by none of
 * them, the log's other keys, earlier and later, that its entries lead to. That the entries are the log's is not known
 * yet: {@link requireKeys} is asked once they were verified.
 */
export async function verifiersFor(
  readFile: ReadFile,
  notes: readonly string[],
  verifiers: readonly NoteVerifier[],
): Promise<readonly NoteVerifier[]> {
  const latest = claimed(notes[0] ?? '');
  const own = latest && ownKey(verifiers, latest.origin);
  if (!own || notes.every((note) => opens(note, verifiers))) return verifiers;
  const rotations = await findRotations(readFile, latest.size);
  const { keys } = KeyHistory.follow(own, rotations);
  return [...verifiers, ...keys.filter(({ verifierKey }) => verifierKey !== own.verifierKey)];
}

/** Refuses with `checkpoint.key-wrong` a checkpoint that the log's key of its size did not sign. */
export function requireKeys(
  checkpoints: readonly OpenedCheckpoint[],
  verifiers: readonly NoteVerifier[],
  rotations: readonly IndexedEntry[],
): void {
  for (const { origin, size, signatures } of checkpoints) {
    const own = ownKey(verifiers, origin);
    const key = own && KeyHistory.follow(own, rotations).at(size).verifierKey;
    if (key !== undefined && !signatures.some(({ verifier }) => verifier.verifierKey === key)) {
      throw refusal('checkpoint.key-wrong', `the checkpoint of ${size} entries is not signed by ${key}`, {
        size,
      });
    }
  }
}

async function findRotations(readFile: ReadFile, size: number): Promise<{ index: number; entry: Entry }[]> {
  const found: { index: number; entry: Entry }[] = [];
  for (let n = 0; n * TILE_WIDTH < size; n++) {
    const width = tileWidth(size, 'entries', n);
    const { bytes, width: stored } = await readTileOf(readFile, { level: 'entries', index: n, width });
    for (const [i, entry] of decodeEntryBundle(bytes, stored).slice(0, width).entries()) {
      if (endsAsRotation(entry)) found.push({ index: n * TILE_WIDTH + i, entry: decodeEntry(entry) });
    }
  }
  return found;
}

function opens(note: string, verifiers: readonly NoteVerifier[]): boolean {
  try {
    openCheckpoint(note, verifiers);
    return true;
  } catch (error) {
    return !(isDomainError(error) && error.code === 'checkpoint.signature-invalid');
  }
}

/** What a note says without anybody having checked it. */
function claimed(note: string): Checkpoint | undefined {
  try {
    return parseCheckpoint(parseNote(note).text);
  } catch {
    return undefined;
  }
}
