import { describe, expect, it } from '@jest/globals';
import { fromBase64, toBase64 } from '#kernel';
import { readVectors } from '../test-support/vectors.js';
import { createSigner, signerFromKey, signerKeyOf, signNote, verifierFromKey } from './note-signer.js';
import { addSignatures, formatNote, parseNote, parseSignatureLine, verifyNote } from './signed-note.js';

interface Key {
  verifierKey: string;
  signerKey: string;
  line: string;
}
interface Vectors {
  peter: Key;
  enoch: Omit<Key, 'signerKey'>;
  text: string;
  badVerifierKeys: string[];
}

const { peter, enoch, text, badVerifierKeys } = readVectors<Vectors>('sumdb-note');
const peterVerifier = verifierFromKey(peter.verifierKey);
const enochVerifier = verifierFromKey(enoch.verifierKey);
const both = `${text}\n${peter.line}\n${enoch.line}\n`;

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'taken';
};
const open = (note: string, verifiers = [peterVerifier]) => codeOf(() => verifyNote(note, verifiers));

/** Every proper substring, and every text with one character raised by one. */
function* manglings(key: string): Generator<string> {
  for (let from = 0; from <= key.length; from++) {
    for (let to = from + 1; to <= key.length; to++) {
      if (from !== 0 || to !== key.length) yield key.slice(from, to);
    }
  }
  for (let i = 0; i < key.length; i++) {
    yield key.slice(0, i) + String.fromCharCode(key.charCodeAt(i) + 1) + key.slice(i + 1);
  }
}

describe('note keys', () => {
  it('reads the published keys and writes them back', () => {
    expect(peterVerifier).toMatchObject({
      name: 'PeterNeumann',
      keyId: 'c74f20a3',
      verifierKey: peter.verifierKey,
    });
    const signer = signerFromKey(peter.signerKey);
    expect(signer.verifierKey).toBe(peter.verifierKey);
    expect(signer.signerKey).toBe(peter.signerKey);
    expect(
      signerKeyOf('PeterNeumann', fromBase64(peter.signerKey.split('+').slice(4).join('+')).slice(1)),
    ).toBe(peter.signerKey);
  });

  it('refuses every mangled verifier key', () => {
    const bad = [...manglings(peter.verifierKey), ...badVerifierKeys, peter.verifierKey + '\n'];
    expect(bad.filter((key) => codeOf(() => verifierFromKey(key)) !== 'note.key-malformed')).toEqual([]);
  });

  it('refuses every mangled signer key', () => {
    const bad = [...manglings(peter.signerKey)];
    expect(bad.filter((key) => codeOf(() => signerFromKey(key)) !== 'note.key-malformed')).toEqual([]);
  });

  it('does not show the seed where a signer is printed as JSON', () => {
    expect(JSON.stringify(signerFromKey(peter.signerKey))).not.toContain('PRIVATE');
  });

  it('holds names with spaces or plus signs for bugs', () => {
    for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\nb']) {
      expect(() => createSigner(name, new Uint8Array(32))).toThrow('invariant');
    }
  });
});

describe('signed notes', () => {
  it('signs the published text to the published note', () => {
    expect(signNote(text, [signerFromKey(peter.signerKey)])).toBe(`${text}\n${peter.line}\n`);
  });

  it('verifies known keys and ignores the lines of unknown ones', () => {
    expect(verifyNote(both, [peterVerifier]).signatures.map(({ name }) => name)).toEqual(['PeterNeumann']);
    const opened = verifyNote(both, [enochVerifier, peterVerifier]);
    expect(opened.text).toBe(text);
    expect(opened.signatures.map(({ name }) => name)).toEqual(['PeterNeumann', 'EnochRoot']);
  });

  it('refuses a note that no known key signed', () => {
    expect(open(both, [])).toBe('note.signature-invalid');
    expect(open(`${text}\n${enoch.line}\n`)).toBe('note.signature-invalid');
  });

  it('refuses a note in which a known key did not sign this text, whoever else did', () => {
    expect(open(`${text}x\n\n${peter.line}\n`)).toBe('note.signature-invalid');
    const swapped = parseSignatureLine(peter.line);
    const forged = formatNote({
      text,
      signatures: [swapped, { ...parseSignatureLine(enoch.line), signature: swapped.signature }],
    });
    expect(open(forged, [peterVerifier, enochVerifier])).toBe('note.signature-invalid');
    expect(open(forged, [peterVerifier])).toBe('taken');
  });

  it('refuses every flipped bit of a signature', () => {
    const line = parseSignatureLine(peter.line);
    for (let i = 0; i < 64; i++) {
      const signature = line.signature.map((byte, at) => (at === i ? byte ^ 1 : byte));
      expect(open(formatNote({ text, signatures: [{ ...line, signature }] }))).toBe('note.signature-invalid');
    }
    const longer = Uint8Array.of(...line.signature, 0);
    expect(open(formatNote({ text, signatures: [{ ...line, signature: longer }] }))).toBe(
      'note.signature-invalid',
    );
  });

  it('refuses two keys of one name and id', () => {
    const twin = { ...peterVerifier, verifierKey: 'other' };
    expect(open(both, [peterVerifier, twin])).toBe('note.signature-invalid');
    expect(open(both, [peterVerifier, peterVerifier])).toBe('taken');
  });

  it('counts a repeated line once', () => {
    const note = `${text}\n${peter.line}\n${peter.line}\n${enoch.line}\n${enoch.line}\n`;
    expect(verifyNote(note, [peterVerifier]).signatures).toHaveLength(1);
  });

  it('replaces a line of the same key, so that adding twice is harmless', () => {
    const line = parseSignatureLine(enoch.line);
    const once = addSignatures(`${text}\n${peter.line}\n`, [line]);
    expect(once).toBe(both);
    expect(addSignatures(once, [line])).toBe(both);
  });

  it('keeps empty lines within the text', () => {
    const { quasimodo } = readVectors<{ quasimodo: string }>('c2sp-tlog');
    const note = parseNote(quasimodo);
    expect(note.text.endsWith('sole:\n\ned è subito sera.\n')).toBe(true);
    expect(note.signatures).toMatchObject([{ name: 'quasimodo.example/salvatore' }]);
    expect(formatNote(note)).toBe(quasimodo);
  });

  const encoded = peter.line.split(' ')[2]!;
  it.each([
    ['no signature', text],
    ['only the blank line', `${text}\n`],
    ['no last newline', `${text}\n${peter.line}`],
    ['a control character', `\u0001${text}\n${peter.line}\n`],
    ['a carriage return', `${text.replace('\n', '\r\n')}\n${peter.line}\n`],
    ['a lone surrogate', `\ud800${text}\n${peter.line}\n`],
    ['a name with a space', `${text}\n— Bad Name ${encoded}\n`],
    ['a name with a plus', `${text}\n— Bad+Name ${encoded}\n`],
    ['an empty name', `${text}\n—  ${encoded}\n`],
    ['a hyphen for the dash', `${text}\n- PeterNeumann ${encoded}\n`],
    ['a line that is none', `${text}\n${peter.line}\nUnexpected line.\n`],
    ['base64 of another alphabet', `${text}\n${peter.line.replace('/', '_')}\n`],
    ['base64 without padding', `${text}\n${peter.line.replace('=', '')}\n`],
    ['base64 with loose bits', `${text}\n— PeterNeumann BADHASHBAD=\n`],
    ['a key id without signature', `${text}\n— PeterNeumann ${toBase64(new Uint8Array(4))}\n`],
    ['101 lines', `${text}\n${`${peter.line}\n`.repeat(101)}`],
    ['nothing', ''],
  ])('refuses a note with %s', (_, note) => {
    expect(open(note)).toBe('note.malformed');
  });

  it('refuses to sign a text without last newline', () => {
    expect(codeOf(() => signNote('abc', [signerFromKey(peter.signerKey)]))).toBe('note.malformed');
  });
});
