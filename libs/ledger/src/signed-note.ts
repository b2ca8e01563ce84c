import { concatBytes, fromBase64, fromHex, invariant, toBase64, toHex } from '#kernel';
import { isKeyName, type NoteVerifier } from './note-key.js';
import { refusal } from './refusal.js';

/** One signature line, read but not checked. */
export interface NoteSignature {
  readonly name: string;
  /** Eight hex digits. */
  readonly keyId: string;
  /** What follows the key id. */
  readonly signature: Uint8Array;
}

/** Text with its last newline, and the lines below it. Nothing of it is to be believed before verification. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const SIGNATURES_MAX = 100;
const LENGTH_MAX = 1_000_000;
const LONE_SURROGATE = /\p{Cs}/u;
const NEWLINE = 0x0a;

const malformed = (message: string) => refusal('note.malformed', message);

/** Valid UTF-8 without ASCII control characters other than newline. */
function isNoteText(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 && code !== NEWLINE) return false;
  }
  return !LONE_SURROGATE.test(text);
}

/**
 * Reads a signed note (c2sp.org/signed-note): text, blank line, one to 100 signature lines, of any key type.
 * Refuses any other spelling with `note.malformed`.
 */
export function parseNote(note: string): Note {
  if (note.length > LENGTH_MAX) throw malformed('note is too long');
  if (!isNoteText(note)) throw malformed('note holds a control character');
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) throw malformed('note is text, blank line, signature lines');
  const lines = note.slice(split + 2, -1).split('\n');
  if (note.length === split + 2) throw malformed('note has no signature line');
  if (lines.length > SIGNATURES_MAX) throw malformed(`note has more than ${SIGNATURES_MAX} signature lines`);
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignatureLine) };
}

/** Reads `— name base64(keyId ‖ signature)` without its newline; refuses others with `note.malformed`. */
export function parseSignatureLine(line: string): NoteSignature {
  const [dash, name, encoded, ...rest] = line.split(' ');
  if (dash !== '—' || !name || !encoded || rest.length > 0 || !isKeyName(name)) {
    throw malformed('not a signature line');
  }
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(encoded);
  } catch {
    throw malformed('signature is not canonical base64');
  }
  if (bytes.length < 5) throw malformed('signature line holds no signature');
  return { name, keyId: toHex(bytes.slice(0, 4)), signature: bytes.slice(4) };
}

/** The line of a signature, without newline. */
export function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  return `— ${name} ${toBase64(concatBytes(fromHex(keyId), signature))}`;
}

/** The note as text; {@link parseNote} reads it back. A text without last newline is refused. */
export function formatNote({ text, signatures }: Note): string {
  if (!text.endsWith('\n') || !isNoteText(text)) throw malformed('text ends with a newline');
  invariant(signatures.length > 0, 'a note has a signature');
  return `${text}\n${signatures.map((signature) => `${formatSignatureLine(signature)}\n`).join('')}`;
}

/** The same note with more lines; a line of the same name and key id is replaced, so repeating is harmless. */
export function addSignatures(note: string, added: readonly NoteSignature[]): string {
  const { text, signatures } = parseNote(note);
  const isNew = (old: NoteSignature) => !added.some((line) => sameKey(line, old));
  return formatNote({ text, signatures: [...signatures.filter(isNew), ...added] });
}

const sameKey = (a: { name: string; keyId: string }, b: { name: string; keyId: string }): boolean =>
  a.name === b.name && a.keyId === b.keyId;

export interface VerifiedSignature extends NoteSignature {
  readonly verifier: NoteVerifier;
}

export interface VerifiedNote {
  readonly text: string;
  /** At least one; each key once. */
  readonly signatures: readonly VerifiedSignature[];
}

/**
 * Opens a note. Lines of unknown keys are ignored; a repeated line of one key counts once; a line of a known
 * key that does not verify condemns the whole note. Refuses with `note.malformed` or `note.signature-invalid`.
 */
export function verifyNote(note: string, verifiers: readonly NoteVerifier[]): VerifiedNote {
  const { text, signatures } = parseNote(note);
  const verified: VerifiedSignature[] = [];
  for (const line of signatures) {
    const known = verifiers.filter((candidate) => sameKey(candidate, line));
    const verifier = known[0];
    if (!verifier || verified.some((earlier) => sameKey(earlier, line))) continue;
    const key = `${line.name}+${line.keyId}`;
    if (known.some((other) => other.verifierKey !== verifier.verifierKey)) {
      throw refusal('note.signature-invalid', `two keys are known as ${key}`, { key });
    }
    if (!verifier.verify(text, line.signature)) {
      throw refusal('note.signature-invalid', `signature of ${key} does not verify`, { key });
    }
    verified.push({ ...line, verifier });
  }
  if (verified.length === 0) throw refusal('note.signature-invalid', 'note is signed by no known key');
  return { text, signatures: verified };
}
