import { describe, expect, it } from '@jest/globals';
import { fromUtf8, utf8 } from '#kernel';
import { LogBuilder, openEntry } from '../test-support/log-builder.js';
import { readVectors } from '../test-support/vectors.js';
import { toBase64 } from '#kernel';
import { encodeEntry } from './entry.js';
import { defaultSha256 } from './hashing.js';
import { formatProofFile, parseProofFile, verifyProofFile, type ProofFile } from './proof-file.js';
import { TileReader } from './tile-reader.js';

interface Vectors {
  formatted: {
    name: string;
    index: number;
    hashes: string[];
    checkpoint: string;
    extra: string | null;
    text: string;
  }[];
  malformed: { name: string; text: string }[];
}
const { formatted, malformed } = readVectors<Vectors>('tlog-proof');
const sha = (text: string): Uint8Array => defaultSha256(utf8(text));

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'taken';
};

describe('proof files', () => {
  it.each(formatted)('writes and reads: $name', ({ index, hashes, checkpoint, extra, text }) => {
    const file: ProofFile = {
      index,
      proof: hashes.map(sha),
      checkpoint,
      ...(extra === null ? {} : { extra: utf8(extra) }),
    };
    const expected = text
      .replace('{hash1}', toBase64(sha('hash1')))
      .replace('{hash2}', toBase64(sha('hash2')));
    expect(formatProofFile(file)).toBe(expected);
    expect(parseProofFile(expected)).toEqual(file);
  });

  it.each([
    ...malformed,
    { name: 'index with a leading zero', text: 'c2sp.org/tlog-proof@v1\nindex 01\n\ncheckpoint\n' },
    { name: 'index above 2^53 − 1', text: 'c2sp.org/tlog-proof@v1\nindex 9007199254740992\n\ncheckpoint\n' },
    { name: 'no blank line', text: 'c2sp.org/tlog-proof@v1\nindex 1\ncheckpoint\n' },
    { name: 'no checkpoint', text: 'c2sp.org/tlog-proof@v1\nindex 1\n\n' },
    { name: 'carriage returns', text: 'c2sp.org/tlog-proof@v1\r\nindex 1\n\ncheckpoint\n' },
    {
      name: '65 hashes',
      text: `c2sp.org/tlog-proof@v1\nindex 1${`\n${toBase64(sha(''))}`.repeat(65)}\n\ncheckpoint\n`,
    },
  ])('refuses: $name', ({ text }) => {
    expect(codeOf(() => parseProofFile(text))).toBe('proof.malformed');
  });

  it('proves each entry of a log and no other entry, index or changed file', async () => {
    const log = new LogBuilder();
    const entries = Array.from({ length: 11 }, (_, i) => openEntry(i + 1));
    const checkpoint = await log.append(entries);
    const reader = new TileReader(log.readFile, log.size);
    const verifiers = [log.signer.verifier];
    for (const [index, entry] of entries.entries()) {
      const proof = await reader.inclusionProof(index);
      const file = formatProofFile({ index, proof, checkpoint });
      expect(verifyProofFile(encodeEntry(entry), file, verifiers).index).toBe(index);
      const other = encodeEntry(openEntry(99));
      expect(codeOf(() => verifyProofFile(other, file, verifiers))).toBe('proof.invalid');
      const moved = formatProofFile({ index: (index + 1) % 11, proof, checkpoint });
      expect(codeOf(() => verifyProofFile(encodeEntry(entry), moved, verifiers))).toBe('proof.invalid');
      expect(codeOf(() => verifyProofFile(encodeEntry(entry), file, []))).toBe(
        'checkpoint.signature-invalid',
      );
    }
    const entry = encodeEntry(entries[4]!);
    const file = formatProofFile({ index: 4, proof: await reader.inclusionProof(4), checkpoint });
    for (let i = 0; i < file.length; i++) {
      const changed = file.slice(0, i) + (file[i] === '5' ? '6' : '5') + file.slice(i + 1);
      expect(codeOf(() => verifyProofFile(entry, changed, verifiers))).not.toBe('taken');
    }
    expect(fromUtf8(entry)).toContain('"seq":5');
  });
});
