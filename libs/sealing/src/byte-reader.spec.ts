import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bytesEqual, concatBytes, utf8 } from '#kernel';
import { breakingAfter, inOnePiece, inPieces } from '../test-support/streams.js';
import { ByteReader } from './byte-reader.js';

const text = (bytes: Uint8Array | null): string | null => bytes && Buffer.from(bytes).toString();

describe('reading a stream in amounts of one’s own', () => {
  it('gives every byte once and in order, however it comes and is asked for', async () => {
    const amounts = fc.array(fc.nat({ max: 20 }), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 100 }),
        fc.integer({ min: 1, max: 30 }),
        amounts,
        async (bytes, piece, asked) => {
          const reader = new ByteReader(inPieces(bytes, piece));
          const read: Uint8Array[] = [];
          for (const amount of asked) read.push(await reader.upTo(amount));
          expect(reader.position).toBe(
            Math.min(
              bytes.length,
              asked.reduce((sum, n) => sum + n, 0),
            ),
          );
          read.push(await inOnePiece(reader.remaining()));
          expect(bytesEqual(concatBytes(...read), bytes)).toBe(true);
          expect(await reader.some(1)).toBeNull();
        },
      ),
    );
  });

  it('passes over empty pieces, which are not the end', async () => {
    async function* withEmpty(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array();
      yield utf8('a');
      yield new Uint8Array();
      yield utf8('b');
    }
    expect(text(await new ByteReader(withEmpty()).upTo(9))).toBe('ab');
  });

  it.each([1, 2, 100])('reads lines that come in pieces of %i', async (piece) => {
    const reader = new ByteReader(inPieces(utf8('one\n\ntwo\nrest'), piece));
    expect([text(await reader.line(10)), text(await reader.line(10)), text(await reader.line(10))]).toEqual([
      'one\n',
      '\n',
      'two\n',
    ]);
    await expect(reader.line(10)).rejects.toThrow('a line has an end');
  });

  it('throws at a line that is too long, and takes one that just fits', async () => {
    expect(text(await new ByteReader(inPieces(utf8('123\n'), 3)).line(4))).toBe('123\n');
    await expect(new ByteReader(inPieces(utf8('123\n'), 3)).line(3)).rejects.toThrow('too long');
  });

  it('throws when there is more than was allowed, and tells that from a source that fails', async () => {
    const tooMuch = new ByteReader(inPieces(new Uint8Array(10), 4), 9);
    await expect(tooMuch.upTo(10)).rejects.toThrow('at most 9 bytes');
    expect(tooMuch.failed).toBe(false);
    const broken = new ByteReader(breakingAfter(new Uint8Array(), 0));
    await expect(broken.some(1)).rejects.toThrow('the disk is gone');
    expect(broken.failed).toBe(true);
  });
});
