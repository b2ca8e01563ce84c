import { beforeAll, describe, expect, it } from '@jest/globals';
import { packTar } from 'modern-tar';
import { jcsBytes } from '#kernel';
import { refusalOf, sha256Hex } from '../test-support/committee.js';
import { breakingAfter, inOnePiece, inPieces, TrackedStream } from '../test-support/streams.js';
import { type EnvelopePart, packEnvelope } from './envelope-content.js';
import { readEnvelope } from './read-envelope.js';
import { SIZE_CLASS_MIN } from './size-class.js';

const PARTS: readonly EnvelopePart[] = ['first', 'second', 'third'].map((name, at) => ({
  name,
  mediaType: 'text/plain',
  bytes: new Uint8Array(20_000 * (at + 1)).fill(at + 1),
}));

/** Names of the parts that were given before the reading ended or was refused. */
async function namesOf(
  content: AsyncIterable<Uint8Array>,
): Promise<{ names: string[]; refused: string | null }> {
  const names: string[] = [];
  const refused = await refusalOf(async () => {
    for await (const { name } of readEnvelope(content)) names.push(name);
  }).catch(() => null);
  return { names, refused };
}

describe('reading an envelope part by part', () => {
  let content: Uint8Array;
  beforeAll(async () => {
    content = await packEnvelope(PARTS);
  });
  /** Where the bytes of a part begin. */
  const startOf = (name: string): number => Buffer.from(content).indexOf(`${name}\0`) + 512;

  it.each([500, 512, 65_536, 1_000_000])(
    'gives the parts of content that comes in pieces of %i',
    async (piece) => {
      const read: EnvelopePart[] = [];
      for await (const { name, mediaType, body } of readEnvelope(inPieces(content, piece))) {
        read.push({ name, mediaType, bytes: await inOnePiece(body) });
      }
      expect(read.map(({ name, bytes }) => [name, sha256Hex(Buffer.from(bytes).toString())])).toEqual(
        PARTS.map(({ name, bytes }) => [name, sha256Hex(Buffer.from(bytes).toString())]),
      );
    },
  );

  it('tells size and hash before a byte of the part', async () => {
    for await (const { size, sha256 } of readEnvelope(inPieces(content, 999))) {
      expect(size).toBeGreaterThan(0);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('passes over what nobody read, or read by half', async () => {
    const lengths: number[] = [];
    for await (const { name, body } of readEnvelope(inPieces(content, 1_000))) {
      if (name === 'first') continue;
      if (name === 'third') lengths.push((await inOnePiece(body)).length);
      else for await (const chunk of body) if (chunk.length > 0) break;
    }
    expect(lengths).toEqual([60_000]);
  });

  it('checks a part that nobody read', async () => {
    const altered = content.with(startOf('second') + 7, 9);
    expect(await namesOf(inPieces(altered, 1_000))).toEqual({
      names: ['first', 'second'],
      refused: 'envelope.content-malformed',
    });
  });

  it('refuses in the body itself where it is read, and again where the reader goes on all the same', async () => {
    const parts = readEnvelope(inPieces(content.with(startOf('first') + 7, 9), 1_000));
    const { value: first } = await parts.next();
    expect(await refusalOf(() => inOnePiece(first!.body))).toBe('envelope.content-malformed');
    expect(await refusalOf(() => parts.next())).toBe('envelope.content-malformed');
  });

  it.each([
    ['one byte at the very end', () => content.with(content.length - 1, 1)],
    ['one byte in the padding', () => content.with(startOf('padding') + 3, 1)],
    ['an end that is missing', () => content.subarray(0, content.length - 512)],
  ])('finds %s only after all parts: so nothing is published before the end', async (_what, altered) => {
    expect(await namesOf(inPieces(altered(), 4_096))).toEqual({
      names: ['first', 'second', 'third'],
      refused: 'envelope.content-malformed',
    });
  });

  it.each([0, 100, 30_000, 130_000])('lets an error of the source after %i bytes through', async (length) => {
    const read = async () => {
      for await (const { body } of readEnvelope(breakingAfter(content, length))) await inOnePiece(body);
    };
    await expect(read()).rejects.toThrow('the disk is gone');
  });

  it('lets go of the source where the reader stops', async () => {
    const tracked = new TrackedStream(inPieces(content, 1_000));
    for await (const { name } of readEnvelope(tracked)) if (name === 'first') break;
    expect(tracked.isClosed).toBe(true);
    expect(tracked.given).toBeLessThan(5_000);
  });
});

describe('content that only costs its reader', () => {
  const packed = async (
    entries: readonly { name: string; bytes: Uint8Array; pax?: Record<string, string> }[],
  ) =>
    packTar(
      entries.map(({ name, bytes, pax }) => ({
        header: { name, size: bytes.length, ...(pax && { pax }) },
        body: bytes,
      })),
    );
  const toc = { name: 'toc.json', bytes: jcsBytes({ v: 1, parts: [] }) };

  it.each([
    ['a table of more than 1 MiB', { name: 'toc.json', bytes: new Uint8Array(2 ** 20 + 1).fill(0x20) }],
    ['extended headers of more than 1 MiB', { ...toc, pax: { comment: 'x'.repeat(2 ** 20) } }],
  ])('is refused unread: %s', async (_what, entry) => {
    const tracked = new TrackedStream(inPieces(await packed([entry, toc]), 1_000));
    expect((await namesOf(tracked)).refused).toBe('envelope.content-malformed');
    expect(tracked.given).toBeLessThan(5_000);
  });

  it('is refused where an extended header extends nothing', async () => {
    const whole = Buffer.from(await packEnvelope([]));
    const lone = Buffer.from((await packed([{ ...toc, pax: { comment: 'hidden' } }])).subarray(0, 1_024));
    const header = whole.indexOf('padding\0');
    const room = whole.length - (header + 512) - 2_048;
    const shorter = Buffer.concat([
      whole.subarray(0, header + 512),
      Buffer.alloc(room),
      lone,
      Buffer.alloc(1_024),
    ]);
    shorter.write(room.toString(8).padStart(11, '0'), header + 124, 'latin1');
    expect(shorter).toHaveLength(SIZE_CLASS_MIN);
    await expect(readEnvelope(inPieces(shorter, 999)).next()).rejects.toThrow('the archive ends with zeros');
  });
});
