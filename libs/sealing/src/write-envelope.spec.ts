import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { utf8 } from '#kernel';
import { refusalOf } from '../test-support/committee.js';
import { inOnePiece, inPieces, TrackedStream } from '../test-support/streams.js';
import { asSource, type EnvelopePart } from './envelope-content.js';
import { sizeClass } from './size-class.js';
import { ENVELOPE_BYTES_MAX, type PartSource, writeEnvelope } from './write-envelope.js';

const part = (name: string, bytes: Uint8Array): EnvelopePart => ({ name, mediaType: 'text/plain', bytes });
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const written = (parts: readonly PartSource[]) => inOnePiece(writeEnvelope(parts));

describe('the bytes of an envelope’s content', () => {
  it.each<[string, readonly EnvelopePart[], string]>([
    ['no parts', [], 'e7aad0e3fd1012a34f1fe2f3ab9d096ebebd10132275798530064324d339380a'],
    ['one part', [part('a', utf8('x'))], '5351d6d8dc74da61f237fa832e7258f74b3b91056a2e796dde85403a071a7c47'],
    [
      '64 parts with names of up to 130 bytes',
      Array.from({ length: 64 }, (_, i) => part('é'.repeat(i + 1) + i, new Uint8Array(i * 513).fill(i))),
      '0c439c836809317218e09d187dde6362d9609f601b18a9aa8748c8323b57331e',
    ],
  ])('for %s are what they always were', async (_what, parts, expected) => {
    expect(sha256(await written(parts.map(asSource)))).toBe(expected);
  });

  it('do not depend on the pieces in which a part comes', async () => {
    const bytes = new Uint8Array(100_000).map((_, at) => at % 251);
    const whole = asSource(part('a', bytes));
    const expected = sha256(await written([whole]));
    for (const piece of [7, 512, 65_536]) {
      expect(sha256(await written([{ ...whole, open: () => inPieces(bytes, piece) }]))).toBe(expected);
    }
  });
});

describe('a part that is not what it was when it was listed', () => {
  const source = asSource(part('offer.pdf', utf8('the offer')));

  it.each([
    ['shorter', 'the off'],
    ['longer', 'the offer!'],
    ['as long, with other bytes', 'the oFFer'],
    ['empty', ''],
  ])('stops the writing: %s', async (_what, now) => {
    const changed = { ...source, open: () => inPieces(utf8(now), 4) };
    expect(await refusalOf(() => written([changed]))).toBe('part.changed');
  });

  it('stops it before the bytes that are too many are passed on, and is let go of', async () => {
    const endless = new TrackedStream(inPieces(new Uint8Array(1_000_000), 1_000));
    const changed = { ...source, open: () => endless };
    expect(await refusalOf(() => written([changed]))).toBe('part.changed');
    expect([endless.given, endless.isClosed]).toEqual([1_000, true]);
  });

  it('is let go of too where the reader stops', async () => {
    const tracked = new TrackedStream(inPieces(utf8('the offer'), 2));
    for await (const chunk of writeEnvelope([{ ...source, open: () => tracked }]))
      if (chunk.length === 2) break;
    expect([tracked.given, tracked.isClosed]).toEqual([2, true]);
  });
});

describe('the limit of 2 GiB', () => {
  const never = (): never => {
    throw new Error('no part is opened');
  };
  const ofSize = (size: number): PartSource => ({ ...asSource(part('a', utf8(''))), size, open: never });
  const first = async (size: number) => {
    const chunks = writeEnvelope([ofSize(size)]);
    await chunks.next();
    await chunks.return(undefined);
  };
  /** toc.json with its header, the part's header, the padding's header, the end. */
  const FRAME = 2 * 512 + 512 + 512 + 1_024;

  it('is a size class', () => expect(sizeClass(ENVELOPE_BYTES_MAX)).toBe(ENVELOPE_BYTES_MAX));

  it('holds the largest content, and refuses one block more before any part is opened', async () => {
    await first(ENVELOPE_BYTES_MAX - FRAME);
    expect(await refusalOf(() => first(ENVELOPE_BYTES_MAX - FRAME + 1))).toBe('envelope.too-large');
  });
});
