import { type Instant, isInstant } from '#kernel';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.js';
import { ED25519_TYPE, type NoteVerifier } from './note-key.js';
import { refusal } from './refusal.js';
import { verifyNote } from './signed-note.js';

const TITLE = 'sunseal/1 ledger heartbeat';

/** That a log was at a checkpoint at a time, by the clock of whoever signs for it. */
export interface Heartbeat {
  readonly checkpoint: Checkpoint;
  readonly at: Instant;
}

/**
 * What the log's key signs: title, time, and the text of the checkpoint. No checkpoint begins so, since the second
 * line is no size.
 */
export const heartbeatText = ({ checkpoint, at }: Heartbeat): string =>
  `${TITLE}\n${at}\n${formatCheckpoint(checkpoint)}`;

/**
 * Opens a heartbeat that one of the log's keys signed. Refuses with `note.malformed`, `checkpoint.malformed` or
 * `checkpoint.signature-invalid`.
 */
export function openHeartbeat(note: string, verifiers: readonly NoteVerifier[]): Heartbeat {
  const { text, signatures } = verifyNote(note, verifiers);
  const [title, at = '', ...rest] = text.split('\n');
  if (title !== TITLE || !isInstant(at)) throw refusal('note.malformed', 'the note is no heartbeat');
  const checkpoint = parseCheckpoint(rest.join('\n'));
  const { origin } = checkpoint;
  if (!signatures.some(({ verifier: { name, type } }) => name === origin && type === ED25519_TYPE)) {
    throw refusal('checkpoint.signature-invalid', `the heartbeat is not signed by ${origin}`, { origin });
  }
  return { checkpoint, at };
}
