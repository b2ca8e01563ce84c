import { isDomainError } from '#kernel';
import type { IndexedEntry } from './collect-reveals.js';
import { type Entry, isSealedEntry, type JsonObject } from './entry.js';
import type { NoteVerifier } from './note-key.js';
import { verifierFromKey } from './note-signer.js';
import { refusal } from './refusal.js';
import { type NoteSignature, formatNote, verifyNote } from './signed-note.js';

/** Type of the entry that changes the log's key. */
export const KEY_ROTATED = 'audit.ledger-key-rotated';

const TITLE = 'sunseal/1 ledger key rotated';

/** What the old and the new key both sign: three lines, no checkpoint, since the second is no size. */
export const rotationText = (from: string, to: string): string => `${TITLE}\n${from}\n${to}\n`;

/** Data of the entry; the signatures are those of the old and the new key over {@link rotationText}. */
export const rotationData = (from: string, to: string, signatures: readonly NoteSignature[]): JsonObject => ({
  note: formatNote({ text: rotationText(from, to), signatures }),
});

interface Rotation {
  readonly from: NoteVerifier;
  readonly to: NoteVerifier;
}

/** Which key the log signs with at which size: an entry of a change counts for every size that holds it. */
export class KeyHistory {
  private constructor(
    private readonly periods: readonly { readonly fromSize: number; readonly verifier: NoteVerifier }[],
  ) {}

  /**
   * Follows the changes of a log, which come in its order, from its first key to its last; others among the entries
   * are passed over. The trusted key must be one of them. Refuses with `ledger.rotation-invalid` a change that is not
   * signed by both keys, whose old key is not the present one, that changes the name, or brings back an earlier key.
   */
  static follow(trusted: NoteVerifier, entries: Iterable<IndexedEntry>): KeyHistory {
    const periods: { fromSize: number; verifier: NoteVerifier }[] = [];
    for (const { index, entry } of entries) {
      if (!isRotation(entry)) continue;
      const { from, to } = readRotation(entry, index);
      if (periods.length === 0) periods.push({ fromSize: 0, verifier: from });
      if (periods.at(-1)!.verifier.verifierKey !== from.verifierKey) {
        throw invalid(index, 'its old key is not the present one');
      }
      if (periods.some(({ verifier }) => verifier.verifierKey === to.verifierKey)) {
        throw invalid(index, 'its new key was used before');
      }
      periods.push({ fromSize: index + 1, verifier: to });
    }
    if (periods.length === 0) periods.push({ fromSize: 0, verifier: trusted });
    if (!periods.some(({ verifier }) => verifier.verifierKey === trusted.verifierKey)) {
      throw refusal('ledger.rotation-invalid', 'the changes of the key do not lead over the trusted one');
    }
    return new KeyHistory(periods);
  }

  /** The key that signs a checkpoint of this size. */
  at(size: number): NoteVerifier {
    return this.periods.findLast(({ fromSize }) => fromSize <= size)!.verifier;
  }

  /** Every key there was, first to last. */
  get keys(): NoteVerifier[] {
    return this.periods.map(({ verifier }) => verifier);
  }
}

export const isRotation = (entry: Entry): boolean => !isSealedEntry(entry) && entry.type === KEY_ROTATED;

const invalid = (index: number, reason: string) =>
  refusal('ledger.rotation-invalid', `entry ${index} does not change the key: ${reason}`, { index });

function readRotation(entry: Entry, index: number): Rotation {
  const { note } = isSealedEntry(entry) ? {} : (entry.data as { note?: unknown });
  if (typeof note !== 'string') throw invalid(index, 'it has no note');
  try {
    const [title, fromKey = '', toKey = '', ...rest] = note.slice(0, note.indexOf('\n\n')).split('\n');
    const [from, to] = [verifierFromKey(fromKey), verifierFromKey(toKey)];
    if (title !== TITLE || rest.length > 0 || from.name !== to.name)
      throw invalid(index, 'it says something else');
    if (verifyNote(note, [from, to]).signatures.length !== 2)
      throw invalid(index, 'one of both did not sign');
    return { from, to };
  } catch (error) {
    if (isDomainError(error) && error.code !== 'ledger.rotation-invalid') throw invalid(index, error.message);
    throw error;
  }
}
