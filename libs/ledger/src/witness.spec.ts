import { beforeAll, describe, expect, it } from '@jest/globals';
import { toBase64, utf8 } from '#kernel';
import { LogBuilder, openEntry } from '../test-support/log-builder.js';
import { readVectors } from '../test-support/vectors.js';
import { openCheckpoint, signCheckpoint } from './checkpoint.js';
import { cosignedAt, createCosigner } from './cosignature.js';
import { emptyRoot } from './hashing.js';
import { COSIGNATURE_TYPE } from './note-key.js';
import { createSigner, signNote } from './note-signer.js';
import { addSignatures, parseNote, verifyNote } from './signed-note.js';
import { TileReader } from './tile-reader.js';
import { readCosignatures, readWitnessSize } from './witness-answer.js';
import { decideAddCheckpoint, type WitnessQuestion } from './witness-decision.js';
import { ADD_CHECKPOINT_BYTES_MAX, formatAddCheckpoint, parseAddCheckpoint } from './witness-request.js';

const vectors = readVectors<{
  request: string;
  cosignatures: string;
  sizeBodies: { body: string; size: number | null }[];
}>('tlog-witness');
const NOW = 1_767_000_000;
const log = new LogBuilder();
const origin = log.signer.name;
const witness = createCosigner('witness.example/w', new Uint8Array(32).fill(3));
const garbage = new Uint8Array(32).fill(9);
/** Checkpoints of 0, 3 and 8 entries. */
const notes: Record<number, string> = {};
const rootOf = (size: number): Uint8Array => openCheckpoint(notes[size]!, [log.signer.verifier]).root;
const proofOf = (oldSize: number, size: number) =>
  new TileReader(log.readFile, size).consistencyProof(oldSize);

beforeAll(async () => {
  notes[0] = await log.append([]);
  notes[3] = await log.append([1, 2, 3].map((seq) => openEntry(seq)));
  notes[8] = await log.append([4, 5, 6, 7, 8].map((seq) => openEntry(seq)));
});

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'taken';
};

const body = (oldSize: number, proof: readonly Uint8Array[], checkpoint: string): Uint8Array =>
  utf8(formatAddCheckpoint({ oldSize, proof, checkpoint }));
const decide = (request: Uint8Array, changes: Partial<WitnessQuestion> = {}) =>
  decideAddCheckpoint({
    request: parseAddCheckpoint(request),
    stored: undefined,
    verifiers: [log.signer.verifier],
    cosigners: [witness],
    unixSeconds: NOW,
    ...changes,
  });
const stored = (size: number) => ({ size, root: rootOf(size) });

describe('requests to a witness', () => {
  it('are read and written as the specification shows', () => {
    const read = parseAddCheckpoint(utf8(vectors.request));
    expect(read).toMatchObject({ oldSize: 20_852_014, claimed: { origin: 'example.com/behind-the-sofa' } });
    expect(read.proof.map(toBase64)[3]).toBe('/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=');
    expect(read.claimed.size).toBe(20_852_163);
    expect(formatAddCheckpoint(read)).toBe(vectors.request);
  });

  const hash = toBase64(garbage);
  it.each<[string, (good: string) => string]>([
    ['no old size', (good) => good.replace(/^old 3\n/, '')],
    ['an old size with a zero before', (good) => good.replace('old 3', 'old 03')],
    ['an old size with a sign', (good) => good.replace('old 3', 'old +3')],
    ['two blanks', (good) => good.replace('old 3', 'old  3')],
    ['an old size beyond 2^53', (good) => good.replace('old 3', 'old 9007199254740992')],
    ['no empty line', (good) => good.replace('\n\n', '\n')],
    ['a short hash', (good) => good.replace('old 3\n', `old 3\n${toBase64(garbage.slice(1))}\n`)],
    ['a hash in base64 without padding', (good) => good.replace('old 3\n', `old 3\n${hash.slice(0, -1)}\n`)],
    ['64 hashes', (good) => good.replace(/^old 3\n[^]*?\n\n/, `old 3\n${`${hash}\n`.repeat(64)}\n`)],
    ['no checkpoint', (good) => good.slice(0, good.indexOf('\n\n') + 2)],
    ['a checkpoint without signature', (good) => good.slice(0, good.lastIndexOf('\n—'))],
    ['a checkpoint with an extension line', (good) => good.replace('=\n\n—', '=\nextension\n\n—')],
    ['a carriage return', (good) => good.replace('old 3\n', 'old 3\r\n')],
    ['nothing', () => ''],
  ])('are refused with %s', async (_, spoil) => {
    const good = formatAddCheckpoint({ oldSize: 3, proof: await proofOf(3, 8), checkpoint: notes[8]! });
    expect(codeOf(() => parseAddCheckpoint(utf8(good)))).toBe('taken');
    expect(spoil(good)).not.toBe(good);
    expect(codeOf(() => parseAddCheckpoint(utf8(spoil(good))))).toBe('witness.request-malformed');
  });

  it('are refused when they are too large or not UTF-8', () => {
    const padded = signNote(`${parseNote(notes[3]!).text}`, [log.signer]) + '— x AAAAAAA=\n'.repeat(90);
    expect(codeOf(() => parseAddCheckpoint(body(0, [], padded)))).toBe('taken');
    const large = new Uint8Array(ADD_CHECKPOINT_BYTES_MAX + 1).fill(0x61);
    expect(codeOf(() => parseAddCheckpoint(large))).toBe('witness.request-malformed');
    expect(codeOf(() => parseAddCheckpoint(Uint8Array.of(0xff)))).toBe('witness.request-malformed');
  });
});

describe('a witness', () => {
  it('cosigns the first checkpoint, then each that continues it, and gives the state to store', async () => {
    const first = decide(body(0, [], notes[3]!));
    expect(first.answer.status).toBe(200);
    expect(first.state).toEqual(stored(3));
    const next = decide(body(3, await proofOf(3, 8), notes[8]!), { stored: first.state });
    expect(next.state).toEqual(stored(8));
    const [line, ...others] = readCosignatures(notes[8]!, next.answer.body, [witness.verifier]);
    expect(others).toEqual([]);
    expect(cosignedAt(line!)).toBe(NOW);
    const cosigned = addSignatures(notes[8]!, [line!]);
    expect(openCheckpoint(cosigned, [log.signer.verifier, witness.verifier]).signatures).toHaveLength(2);
  });

  it('cosigns the same checkpoint again, and the empty log', () => {
    expect(decide(body(8, [], notes[8]!), { stored: stored(8) })).toMatchObject({
      answer: { status: 200 },
      state: { size: 8 },
    });
    expect(decide(body(0, [], notes[0]!)).answer.status).toBe(200);
  });

  it('signs with each of its keys', () => {
    const second = createCosigner('witness.example/v', new Uint8Array(32).fill(4));
    const { answer } = decide(body(0, [], notes[3]!), { cosigners: [witness, second] });
    const lines = readCosignatures(notes[3]!, answer.body, [second.verifier, witness.verifier]);
    expect(lines.map(({ name }) => name)).toEqual([witness.name, second.name]);
  });

  it('answers 404 to a log that it does not know, whoever signed', () => {
    const other = createSigner('ledger.example/other', new Uint8Array(32).fill(7));
    const note = signCheckpoint({ origin: other.name, size: 3, root: rootOf(3) }, other);
    expect(decide(body(0, [], note)).answer.status).toBe(404);
    expect(decide(body(0, [], notes[3]!), { verifiers: [] }).answer.status).toBe(404);
    const underOther = signNote(parseNote(note).text, [log.signer]);
    expect(decide(body(0, [], underOther)).answer.status).toBe(404);
  });

  it('answers 403 to an unknown key and to a line of a known key that fails', () => {
    const stranger = createSigner(origin, new Uint8Array(32).fill(8));
    const note = signCheckpoint({ origin, size: 3, root: rootOf(3) }, stranger);
    expect(decide(body(0, [], note)).answer.status).toBe(403);
    const altered = notes[3]!.replace('\n3\n', '\n4\n');
    expect(decide(body(0, [], altered)).answer.status).toBe(403);
    expect(decide(body(0, [], note), { verifiers: [stranger.verifier] }).answer.status).toBe(200);
  });

  it('ignores lines of unknown keys beside the known one', () => {
    const stranger = createSigner(origin, new Uint8Array(32).fill(8));
    const note = signNote(parseNote(notes[3]!).text, [stranger, log.signer]);
    expect(decide(body(0, [], note)).answer.status).toBe(200);
  });

  it('answers 400 to an old size above that of the checkpoint, also where it knows that size', () => {
    expect(decide(body(8, [], notes[3]!), { stored: stored(8) }).answer.status).toBe(400);
  });

  it('answers 409 with the size that it knows to a rewind and to any other old size', async () => {
    for (const request of [
      body(0, [], notes[3]!),
      body(3, [], notes[3]!),
      body(3, await proofOf(3, 8), notes[8]!),
    ]) {
      const { answer, state } = decide(request, { stored: stored(8) });
      expect(answer).toEqual({ status: 409, contentType: 'text/x.tlog.size', body: '8\n' });
      expect(readWitnessSize(answer.body)).toBe(8);
      expect(state).toBeUndefined();
    }
    expect(decide(body(3, [], notes[3]!)).answer.body).toBe('0\n');
  });

  it('answers 409 to another root for the size that it knows', () => {
    const fork = signCheckpoint({ origin, size: 8, root: garbage }, log.signer);
    const { answer, state } = decide(body(8, [], fork), { stored: stored(8) });
    expect(answer).toMatchObject({ status: 409, contentType: 'text/plain; charset=utf-8' });
    expect(state).toBeUndefined();
    const empty = signCheckpoint({ origin, size: 0, root: garbage }, log.signer);
    expect(decide(body(0, [], empty)).answer.status).toBe(409);
  });

  it('answers 422 to a fork: a proof that does not lead from what it knows', async () => {
    const proof = await proofOf(3, 8);
    const forked = signCheckpoint({ origin, size: 8, root: garbage }, log.signer);
    const refused = [
      decide(body(3, proof, forked), { stored: stored(3) }),
      decide(body(3, proof, notes[8]!), { stored: { size: 3, root: garbage } }),
      decide(body(3, [], notes[8]!), { stored: stored(3) }),
      decide(body(3, [...proof, garbage], notes[8]!), { stored: stored(3) }),
      decide(body(3, proof.with(0, garbage), notes[8]!), { stored: stored(3) }),
      decide(body(0, [garbage], notes[8]!)),
      decide(body(8, [garbage], notes[8]!), { stored: stored(8) }),
    ];
    for (const { answer, state } of refused) {
      expect(answer.status).toBe(422);
      expect(state).toBeUndefined();
    }
  });

  it('has a key and a time', () => {
    expect(() => decide(body(0, [], notes[3]!), { cosigners: [] })).toThrow('invariant');
    expect(() => decide(body(0, [], notes[3]!), { unixSeconds: 0 })).toThrow('invariant');
  });

  it('of an empty memory holds the log for empty', () => {
    expect(decide(body(0, [], notes[3]!), { stored: { size: 0, root: emptyRoot() } }).answer.status).toBe(
      200,
    );
  });
});

describe('answers of a witness', () => {
  it('are lines as the specification shows', () => {
    const note = parseNote(`text\n\n${vectors.cosignatures}`);
    expect(note.signatures.map(({ name }) => name)).toEqual([
      'witness.example/w1',
      'witness.example/w1',
      'witness.example/w2',
    ]);
    expect(note.signatures.every(({ signature }) => signature.length === 72)).toBe(true);
  });

  it.each(vectors.sizeBodies)('size body $body is $size', ({ body: text, size }) => {
    if (size === null) expect(codeOf(() => readWitnessSize(text))).toBe('witness.answer-malformed');
    else expect(readWitnessSize(text)).toBe(size);
  });

  it('count only for the checkpoint that was sent and for known cosigners', () => {
    const { answer } = decide(body(0, [], notes[3]!));
    const read = (checkpoint: string, text: string, verifiers = [witness.verifier]) =>
      codeOf(() => readCosignatures(checkpoint, text, verifiers));
    expect(read(notes[3]!, answer.body)).toBe('taken');
    expect(read(notes[8]!, answer.body)).toBe('note.signature-invalid');
    expect(read(notes[3]!, answer.body, [])).toBe('note.signature-invalid');
    expect(read(notes[3]!, '')).toBe('note.malformed');
    // The log's own line is no cosignature.
    const ownLine = notes[3]!.slice(notes[3]!.lastIndexOf('—'));
    expect(read(notes[3]!, ownLine, [log.signer.verifier])).toBe('note.signature-invalid');
  });

  it('cannot bring in a text of their own', () => {
    const text = `${parseNote(notes[3]!).text}\nmore\n`;
    const signer = createSigner('w', new Uint8Array(32).fill(5));
    const line = signer.sign(text);
    // Whatever a key of this type signs: here the longer text.
    const verifier = { ...signer.verifier, type: COSIGNATURE_TYPE } as const;
    const note = addSignatures(signNote(text, [log.signer]), [line]);
    expect(verifyNote(note, [verifier]).text).toBe(text);
    const answer = note.slice(parseNote(notes[3]!).text.length + 1);
    expect(codeOf(() => readCosignatures(notes[3]!, answer, [verifier]))).toBe('note.malformed');
  });
});
