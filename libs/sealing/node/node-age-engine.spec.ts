import { beforeAll, describe, expect, it } from '@jest/globals';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { bytesEqual, concatBytes } from '#kernel';
import { typageEngine } from '#sealing';
import { nodeAgeEngine } from '#sealing/node';
import { fileAndKey, fileOfChunks, payloadFrom } from '../test-support/age-file.js';
import { randomStream } from '../test-support/random-stream.js';
import { inOnePiece, inPieces, upToFailure } from '../test-support/streams.js';
import { sealChunk } from './stream-payload.js';

const CHUNK = 65_536;
const SEALED = CHUNK + 16;
const random = randomStream('node engine');

let identity: string;
let recipient: string;
beforeAll(async () => {
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
});

const encrypt = (content: Uint8Array, engine = nodeAgeEngine, piece = 100_000) =>
  inOnePiece(engine.encrypt(inPieces(content, piece), [recipient]));
const open = (file: Uint8Array, engine = nodeAgeEngine, piece = 100_000) =>
  upToFailure(engine.decrypt(inPieces(file, piece), identity));

const SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5];

describe('the engine for Node', () => {
  it.each(SIZES)('writes %i bytes for typage to read, and reads what typage wrote', async (size) => {
    const content = random(size);
    for (const [writer, reader] of [
      [nodeAgeEngine, typageEngine],
      [typageEngine, nodeAgeEngine],
      [nodeAgeEngine, nodeAgeEngine],
    ] as const) {
      const file = await encrypt(content, writer, 7_001);
      for (const piece of [9_999, 170_000, 1_000_000]) {
        const read = await inOnePiece(reader.decrypt(inPieces(file, piece), identity));
        expect(bytesEqual(read, content)).toBe(true);
      }
    }
  });

  it.each(SIZES)('writes typage’s very bytes for %i bytes with one file key and nonce', async (size) => {
    const content = random(size);
    const { file, key } = await fileAndKey(content, recipient);
    const chunks = Array.from({ length: Math.max(1, Math.ceil(size / CHUNK)) }, (_, at) =>
      content.subarray(at * CHUNK, (at + 1) * CHUNK),
    );
    const sealed = chunks.flatMap((bytes, at) => sealChunk(key, { bytes, at }, at === chunks.length - 1));
    const payload = concatBytes(...sealed);
    expect(bytesEqual(payload, file.subarray(payloadFrom(file)))).toBe(true);
  });

  it('takes pieces of any length, also from a source that fills one buffer again and again', async () => {
    const content = random(2 * CHUNK + 77);
    async function* reusing(): AsyncGenerator<Uint8Array> {
      const buffer = new Uint8Array(1_000);
      for (let at = 0; at < content.length; at += buffer.length) {
        const piece = content.subarray(at, at + buffer.length);
        buffer.set(piece);
        yield buffer.subarray(0, piece.length);
        buffer.fill(0xff);
      }
    }
    const file = await inOnePiece(nodeAgeEngine.encrypt(reusing(), [recipient]));
    expect(bytesEqual(await inOnePiece(typageEngine.decrypt(inPieces(file, 1), identity)), content)).toBe(
      true,
    );
  });
});

describe('a file that was tampered with', () => {
  let file: Uint8Array;
  let from: number;
  beforeAll(async () => {
    file = await encrypt(random(3 * CHUNK));
    from = payloadFrom(file);
  });
  const chunk = (n: number) => file.subarray(from + n * SEALED, from + (n + 1) * SEALED);

  it.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    ['no byte at all', () => new Uint8Array()],
    ['another version', () => file.with(20, 0x32)],
    ['a changed MAC of the header', () => file.with(from - 16 - 5, file[from - 16 - 5]! ^ 1)],
    ['a changed stanza', () => file.with(40, file[40]! ^ 1)],
    ['a header without an end', () => file.subarray(0, 100)],
    [
      'a header longer than 64 KiB',
      () => concatBytes(file.subarray(0, 22), new Uint8Array(70_000).fill(0x41)),
    ],
    ['no nonce', () => file.subarray(0, from - 16)],
    ['half a nonce', () => file.subarray(0, from - 8)],
    ['another nonce', () => file.with(from - 1, file[from - 1]! ^ 1)],
    ['no payload', () => file.subarray(0, from)],
    ['half a tag', () => file.subarray(0, from + 8)],
    ['its end after the first chunk', () => file.subarray(0, from + SEALED)],
    ['its end after the second chunk', () => file.subarray(0, from + 2 * SEALED)],
    ['its end in the third chunk', () => file.subarray(0, from + 2 * SEALED + 100)],
    ['its end in the last tag', () => file.subarray(0, file.length - 1)],
    ['a byte more', () => concatBytes(file, Uint8Array.of(0))],
    ['the last chunk twice', () => concatBytes(file, chunk(2))],
    ['a changed byte in the second chunk', () => file.with(from + SEALED + 9, file[from + SEALED + 9]! ^ 1)],
    ['chunks in another order', () => concatBytes(file.subarray(0, from), chunk(1), chunk(0), chunk(2))],
    ['a chunk left out', () => concatBytes(file.subarray(0, from), chunk(0), chunk(2))],
    ['an empty last chunk behind full ones', () => fileOfChunks([CHUNK, CHUNK, 0], recipient)],
    ['a short chunk in the middle', () => fileOfChunks([CHUNK, 100, CHUNK], recipient)],
  ])('by %s is refused where typage refuses it', async (_what, tampered) => {
    const given = await tampered();
    const byTypage = await open(given, typageEngine);
    expect(byTypage.failed).toBe(true);
    for (const piece of [500_000, 100_000, 4_099])
      expect(await open(given, nodeAgeEngine, piece)).toEqual(byTypage);
  });

  it('is refused with another identity', async () => {
    const other = await generateX25519Identity();
    expect(await upToFailure(nodeAgeEngine.decrypt(inPieces(file, 999), other))).toEqual({
      given: 0,
      failed: true,
    });
  });
});
