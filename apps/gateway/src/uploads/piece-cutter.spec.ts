import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gathered, PieceCutter } from './piece-cutter.js';

async function* flowOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function drain(flow: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of flow) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function cutAll(cutter: PieceCutter): Promise<Buffer[]> {
  const pieces: Buffer[] = [];
  while (await cutter.hasMore()) {
    const { bytes, taken } = cutter.piece();
    const piece = await drain(bytes);
    expect(await taken).toBe(piece.length);
    pieces.push(piece);
  }
  return pieces;
}

describe('pieces of a flow', () => {
  it('are the same bytes, each full but the last, however the flow is chunked', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 30 }), async (given, bytesMax) => {
        const pieces = await cutAll(new PieceCutter(flowOf(given), { bytesMax, ms: 60_000 }));
        expect(Buffer.concat(pieces)).toEqual(Buffer.concat(given));
        expect(pieces.slice(0, -1).every(({ length }) => length === bytesMax)).toBe(true);
        expect(pieces.every(({ length }) => length > 0 && length <= bytesMax)).toBe(true);
      }),
    );
  });

  it('are closed when their time is over, so that slow bytes become durable too', async () => {
    const slow = (async function* () {
      for (let at = 0; at < 4; at++) {
        await new Promise((done) => setTimeout(done, 30));
        yield Buffer.of(at);
      }
    })();
    const pieces = await cutAll(new PieceCutter(slow, { bytesMax: 100, ms: 20 }));
    expect(Buffer.concat(pieces)).toEqual(Buffer.of(0, 1, 2, 3));
    expect(pieces.length).toBeGreaterThan(1);
  });

  it('tell how far they came when nobody wants the rest', async () => {
    const cutter = new PieceCutter(flowOf([Buffer.alloc(5)]), { bytesMax: 100, ms: 60_000 });
    const { bytes, taken } = cutter.piece();
    for await (const _ of bytes) break;
    expect(await taken).toBe(5);
  });

  it('throw what the flow throws', async () => {
    const broken = (async function* () {
      yield Buffer.alloc(1);
      throw new Error('broken');
    })();
    await expect(cutAll(new PieceCutter(broken, { bytesMax: 9, ms: 60_000 }))).rejects.toThrow('broken');
  });
});

describe('gathered chunks', () => {
  it('are the same bytes in chunks of at least that size but the last', async () => {
    const given = Array.from({ length: 10 }, (_, at) => Buffer.alloc(3, at));
    const chunks: Uint8Array[] = [];
    for await (const chunk of gathered(flowOf(given), 7)) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toEqual(Buffer.concat(given));
    expect(chunks.map(({ length }) => length)).toEqual([9, 9, 9, 3]);
  });
});
