import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { identityToRecipient } from 'age-encryption';
import { bytesEqual, concatBytes, utf8 } from '#kernel';
import {
  type AgeEngine,
  checkManifest,
  combineShares,
  type EnvelopePart,
  type Manifest,
  openEnvelope,
  openStream,
  type PartSource,
  requireUnaltered,
  sealStream,
  typageEngine,
  writeEnvelope,
} from '#sealing';
import { nodeAgeEngine } from '#sealing/node';
import { payloadFrom } from '../test-support/age-file.js';
import { allShares, AT, CLOSE, committeeOf, refusalOf, sha256Hex } from '../test-support/committee.js';
import { randomStream } from '../test-support/random-stream.js';
import { breakingAfter, inOnePiece, inPieces, TrackedStream } from '../test-support/streams.js';

const random = randomStream('seal stream');
const committee = committeeOf(3, 2, random);
const { descriptor } = committee;
const ENGINES: readonly [string, AgeEngine][] = [
  ['typage', typageEngine],
  ['node', nodeAgeEngine],
];

const CONTENTS = [random(150_000), new Uint8Array(), utf8('the offer')];
const PARTS: readonly PartSource[] = CONTENTS.map((bytes, at) => ({
  name: `part ${at}`,
  mediaType: 'application/pdf',
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  open: () => inPieces(bytes, 3_001),
}));

async function seal(engine: AgeEngine, parts = PARTS) {
  const chunks: Uint8Array[] = [];
  const sealed = await sealStream({
    descriptor,
    bidderCertSha256: sha256Hex('bidder'),
    seq: 1,
    previousManifestSha256: null,
    envelopeId: 'price',
    parts,
    clientTime: AT,
    random,
    engine,
    write: (chunk) => Promise.resolve(void chunks.push(chunk)),
  });
  return { ...sealed, file: concatBytes(...chunks) };
}

const expectedOf = (file: Uint8Array) => ({
  sha256: createHash('sha256').update(file).digest('hex'),
  size: file.length,
});

describe.each(ENGINES)('with the engine %s', (_name, engine) => {
  let sealed: { manifest: Manifest; rescueIdentity: string; file: Uint8Array };
  beforeAll(async () => {
    sealed = await seal(engine);
  });

  async function open(
    file: AsyncIterable<Uint8Array>,
    expected = sealed.manifest.age,
    identity = sealed.rescueIdentity,
  ) {
    const read: EnvelopePart[] = [];
    for await (const { name, mediaType, body } of openStream({ file, identity, expected, engine })) {
      read.push({ name, mediaType, bytes: await inOnePiece(body) });
    }
    return read;
  }
  const refused = (file: Uint8Array, expected = expectedOf(file)) =>
    refusalOf(() => open(inPieces(file, 20_000), expected));

  it('seals a manifest that holds for what was written', () => {
    checkManifest(descriptor, sealed.manifest);
    expect(sealed.manifest.age).toEqual(expectedOf(sealed.file));
  });

  it('opens part by part, with the trustees’ shares and with either engine', async () => {
    const { manifest } = sealed;
    const shares = allShares(committee, manifest, random);
    const identity = combineShares({ descriptor, manifest, closeEntrySha256: CLOSE, shares });
    for (const [, other] of ENGINES) {
      await requireUnaltered(inPieces(sealed.file, 9_999), manifest.age, other);
      const read = await openEnvelope({
        ciphertext: sealed.file,
        identity,
        expected: manifest.age,
        engine: other,
      });
      expect(read.map(({ bytes }, at) => bytesEqual(bytes, CONTENTS[at]!))).toEqual([true, true, true]);
    }
    expect((await open(inPieces(sealed.file, 10_000))).map(({ name }) => name)).toEqual(
      PARTS.map(({ name }) => name),
    );
  });

  it('waits for each chunk to be written before it makes the next, and stops where writing fails', async () => {
    let isWriting = false;
    let written = 0;
    const sealing = sealStream({
      descriptor,
      bidderCertSha256: sha256Hex('bidder'),
      seq: 1,
      previousManifestSha256: null,
      envelopeId: 'price',
      parts: PARTS,
      clientTime: AT,
      random,
      engine,
      async write() {
        expect(isWriting).toBe(false);
        isWriting = true;
        await new Promise((resolve) => setImmediate(resolve));
        isWriting = false;
        if (++written === 3) throw new Error('the disk is full');
      },
    });
    await expect(sealing).rejects.toThrow('the disk is full');
    expect(written).toBe(3);
  });

  it('lets an error of a part through, and refuses one that changed', async () => {
    const [part] = PARTS;
    await expect(
      seal(engine, [{ ...part!, open: () => breakingAfter(CONTENTS[0]!, 100_000) }]),
    ).rejects.toThrow('the disk is gone');
    const changed = [{ ...part!, open: () => inPieces(CONTENTS[0]!.with(9, CONTENTS[0]![9]! ^ 1), 1_000) }];
    expect(await refusalOf(() => seal(engine, changed))).toBe('part.changed');
  });

  it('refuses an altered file before it is opened, and reads no further than its length', async () => {
    const { file, manifest } = sealed;
    const act = (altered: Uint8Array) =>
      refusalOf(() => requireUnaltered(inPieces(altered, 9_999), manifest.age, engine));
    expect(await act(file.with(5_000, file[5_000]! ^ 1))).toBe('envelope.altered');
    expect(await act(file.subarray(0, -1))).toBe('envelope.altered');
    const longer = new TrackedStream(inPieces(concatBytes(file, new Uint8Array(10_000_000)), 1_000));
    expect(await refusalOf(() => requireUnaltered(longer, manifest.age, engine))).toBe('envelope.altered');
    expect(longer.given).toBeLessThan(file.length + 2_000);
    expect(longer.isClosed).toBe(true);
  });

  it('names the keeper, not the bidder, where the store gives another file the second time', async () => {
    const other = await seal(engine);
    const { age } = sealed.manifest;
    expect(await refused(other.file, age)).toBe('envelope.altered');
    expect(await refused(sealed.file.subarray(0, -70_000), age)).toBe('envelope.altered');
    expect(await refused(concatBytes(sealed.file, Uint8Array.of(0)), age)).toBe('envelope.altered');
    // Whoever knows the recipient can make another file that opens: only the hash tells them apart.
    const forged = await forgedFor(sealed.rescueIdentity, [PARTS[2]!]);
    expect(await refused(forged, age)).toBe('envelope.altered');
  });

  it('names what does not decrypt as unreadable, although its content was malformed before that', async () => {
    const { file } = sealed;
    const last = file.length - 1;
    expect(await refused(file.with(last, file[last]! ^ 1))).toBe('envelope.unreadable');
    expect(await refused(file.subarray(0, payloadFrom(file) + 65_552))).toBe('envelope.unreadable');
    expect(await refused(utf8('no age file'))).toBe('envelope.unreadable');
    const garbage = await encryptedFor(sealed.rescueIdentity, new Uint8Array(200_000).fill(0x41));
    expect(await refused(garbage)).toBe('envelope.content-malformed');
    expect(await refused(garbage.with(garbage.length - 1, garbage.at(-1)! ^ 1))).toBe('envelope.unreadable');
  });

  it('does not blame anyone where the file cannot be read, at whatever place', async () => {
    for (const length of [0, 50, 20_000, sealed.file.length]) {
      await expect(open(breakingAfter(sealed.file, length))).rejects.toThrow('the disk is gone');
    }
  });

  it('lets go of the file where the reader stops', async () => {
    const file = new TrackedStream(inPieces(sealed.file, 1_000));
    const { rescueIdentity: identity, manifest } = sealed;
    for await (const { body } of openStream({ file, identity, expected: manifest.age, engine })) {
      for await (const chunk of body) if (chunk.length > 0) break;
      break;
    }
    expect(file.isClosed).toBe(true);
    expect(file.given).toBeLessThan(sealed.file.length);
  });

  async function encryptedFor(identity: string, content: Uint8Array): Promise<Uint8Array> {
    return inOnePiece(engine.encrypt(inPieces(content, 50_000), [await identityToRecipient(identity)]));
  }
  async function forgedFor(identity: string, parts: readonly PartSource[]): Promise<Uint8Array> {
    return encryptedFor(identity, await inOnePiece(writeEnvelope(parts)));
  }
});
