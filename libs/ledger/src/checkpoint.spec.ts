import { describe, expect, it } from '@jest/globals';
import { fromBase64, toBase64 } from '#kernel';
import { readVectors } from '../test-support/vectors.js';
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.js';
import { cosignedAt, cosignerVerifierFromKey, createCosigner } from './cosignature.js';
import { leafHash } from './hashing.js';
import { createSigner, signNote } from './note-signer.js';
import { addSignatures, parseNote, type NoteSignature } from './signed-note.js';

interface Vectors {
  checkpoint: string;
  checkpointSize: number;
  cosignedMessageTime: number;
  cosignatureTime: { base64: string; unixSeconds: number };
  notCosignature: string;
  cosignerKey: string;
}
const vectors = readVectors<Vectors>('c2sp-tlog');

const log = createSigner('log.example/one', new Uint8Array(32).fill(1));
const witness = createCosigner('witness.example/w1', new Uint8Array(32).fill(2));
const root = leafHash(new Uint8Array(0));
const checkpoint = { origin: 'log.example/one', size: 1, root };
const TIME = 1_767_323_045;

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'taken';
};

describe('checkpoints', () => {
  it('reads the published example and writes it back', () => {
    const { text } = parseNote(vectors.checkpoint);
    const read = parseCheckpoint(text);
    expect(read).toMatchObject({ origin: 'example.com/behind-the-sofa', size: vectors.checkpointSize });
    expect(formatCheckpoint(read)).toBe(text);
  });

  const rootText = toBase64(root);
  it.each([
    ['two lines', 'Head\n9944\n'],
    ['no origin', `\n9944\n${rootText}\n`],
    ['no last newline', `Log\n123\n${rootText}`],
    ['an extension line', `Log\n123\n${rootText}\nmore\n`],
    ['a trailing empty line', `Log\n123\n${rootText}\n\n`],
    ['a size that is no number', `Log\nbananas\n${rootText}\n`],
    ['a negative size', `Log\n-34\n${rootText}\n`],
    ['a size with a leading zero', `Log\n034\n${rootText}\n`],
    ['a size with a sign', `Log\n+34\n${rootText}\n`],
    ['a size with an exponent', `Log\n1e3\n${rootText}\n`],
    ['an empty size', `Log\n\n${rootText}\n`],
    ['a size above 2^53 − 1', `Log\n9007199254740992\n${rootText}\n`],
    ['a size of 28 digits', `Log\n3438945738945739845734895735\n${rootText}\n`],
    ['a root that is no base64', `Log\n123\nThisIsn'tBase64\n`],
    ['a root without padding', `Log\n123\n${rootText.replace('=', '')}\n`],
    ['a root of 7 bytes', `Log\n123\nYmFuYW5hcw==\n`],
  ])('refuses %s', (_, text) => {
    expect(codeOf(() => parseCheckpoint(text))).toBe('checkpoint.malformed');
  });

  it('takes sizes 0 and 2^53 − 1', () => {
    for (const size of [0, Number.MAX_SAFE_INTEGER]) {
      expect(parseCheckpoint(formatCheckpoint({ ...checkpoint, size })).size).toBe(size);
    }
  });

  it('opens what the log signed', () => {
    const opened = openCheckpoint(signCheckpoint(checkpoint, log), [log.verifier]);
    expect(opened).toMatchObject({ ...checkpoint, text: formatCheckpoint(checkpoint) });
  });

  it('refuses every changed character of a signed checkpoint', () => {
    const signed = signCheckpoint(checkpoint, log);
    for (let i = 0; i < signed.length; i++) {
      const changed = signed.slice(0, i) + (signed[i] === '2' ? '3' : '2') + signed.slice(i + 1);
      expect(codeOf(() => openCheckpoint(changed, [log.verifier]))).toMatch(/^(note|checkpoint)\./);
    }
  });

  it('refuses a checkpoint signed by a known key of another name than the origin', () => {
    const other = createSigner('log.example/two', new Uint8Array(32).fill(3));
    const forged = signNote(formatCheckpoint(checkpoint), [other]);
    expect(codeOf(() => openCheckpoint(forged, [other.verifier, log.verifier]))).toBe(
      'checkpoint.signature-invalid',
    );
  });

  it('refuses a checkpoint that only a witness signed, even under the name of the log', () => {
    const impostor = createCosigner(log.name, new Uint8Array(32).fill(4));
    const line = impostor.sign(formatCheckpoint(checkpoint), TIME);
    const unsigned = signCheckpoint(checkpoint, createSigner(log.name, new Uint8Array(32).fill(5)));
    const forged = addSignatures(unsigned, [line]);
    expect(codeOf(() => openCheckpoint(forged, [log.verifier, impostor.verifier]))).toBe(
      'checkpoint.signature-invalid',
    );
  });
});

describe('cosignatures', () => {
  const signed = signCheckpoint(checkpoint, log);
  const cosigned = addSignatures(signed, [witness.sign(formatCheckpoint(checkpoint), TIME)]);
  const open = (note: string) => openCheckpoint(note, [log.verifier, witness.verifier]);

  it('are verified, with their time, beside the signature of the log', () => {
    const { signatures } = open(cosigned);
    expect(signatures.map(({ name }) => name)).toEqual([log.name, witness.name]);
    expect(signatures.map(cosignedAt)).toEqual([undefined, TIME]);
  });

  it('condemn the checkpoint where time, text or signature is another', () => {
    const line = witness.sign(formatCheckpoint(checkpoint), TIME);
    const change = (signature: Uint8Array): NoteSignature => ({ ...line, signature });
    for (let i = 0; i < line.signature.length; i++) {
      const flipped = line.signature.map((byte, at) => (at === i ? byte ^ 1 : byte));
      expect(codeOf(() => open(addSignatures(signed, [change(flipped)])))).toBe(
        'checkpoint.signature-invalid',
      );
    }
    const elsewhere = witness.sign(formatCheckpoint({ ...checkpoint, size: 2 }), TIME);
    expect(codeOf(() => open(addSignatures(signed, [elsewhere])))).toBe('checkpoint.signature-invalid');
    expect(codeOf(() => open(addSignatures(signed, [change(line.signature.slice(8))])))).toBe(
      'checkpoint.signature-invalid',
    );
  });

  it('are not mistaken for note signatures of the same key', () => {
    const sameSeed = createSigner(witness.name, new Uint8Array(32).fill(2));
    expect(sameSeed.keyId).not.toBe(witness.keyId);
    const misused = addSignatures(signed, [
      { ...sameSeed.sign(formatCheckpoint(checkpoint)), keyId: witness.keyId },
    ]);
    expect(codeOf(() => open(misused))).toBe('checkpoint.signature-invalid');
  });

  it('read the published times and the published key', () => {
    const bytes = fromBase64(vectors.cosignatureTime.base64).slice(4);
    const { verifier } = witness;
    expect(cosignedAt({ signature: bytes, verifier })).toBe(vectors.cosignatureTime.unixSeconds);
    expect(cosignedAt({ signature: fromBase64(vectors.notCosignature).slice(4), verifier })).toBeUndefined();
    const example = parseNote(vectors.checkpoint).signatures[1]!;
    expect(cosignedAt({ ...example, verifier })).toBe(vectors.cosignedMessageTime);
    expect(cosignerVerifierFromKey(vectors.cosignerKey).verifierKey).toBe(vectors.cosignerKey);
    expect(codeOf(() => cosignerVerifierFromKey(log.verifierKey))).toBe('note.key-malformed');
  });

  it('are not given for a text that is no checkpoint', () => {
    expect(codeOf(() => witness.sign('anything\n', TIME))).toBe('checkpoint.malformed');
  });
});
