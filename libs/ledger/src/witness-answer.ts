import { parseSize } from './checkpoint.js';
import { COSIGNATURE_TYPE, type NoteVerifier } from './note-key.js';
import { refusal } from './refusal.js';
import { parseNote, verifyNote, type VerifiedSignature } from './signed-note.js';

/**
 * Cosignatures that a witness answered with 200, of those keys that are known here, each verified over the
 * checkpoint that was sent; `addSignatures` puts them into it. Lines of other keys are ignored. Refuses with
 * `note.malformed`, or with `note.signature-invalid` where a known line does not verify or no known key signed.
 */
export function readCosignatures(
  checkpoint: string,
  body: string,
  witnesses: readonly NoteVerifier[],
): readonly VerifiedSignature[] {
  const cosigners = witnesses.filter(({ type }) => type === COSIGNATURE_TYPE);
  const { text } = parseNote(checkpoint);
  const answered = verifyNote(`${text}\n${body}`, cosigners);
  // A body with an empty line in it would have been verified as part of the text.
  if (answered.text !== text) throw refusal('note.malformed', 'the answer is not signature lines');
  return answered.signatures;
}

/**
 * Size that a witness answered with 409 and the content type `text/x.tlog.size`: the next request proves from
 * there. Refuses with `witness.answer-malformed`.
 */
export function readWitnessSize(body: string): number {
  const size = body.endsWith('\n') ? parseSize(body.slice(0, -1)) : undefined;
  if (size === undefined) throw refusal('witness.answer-malformed', 'the answer is not a size and a newline');
  return size;
}
