import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packTar } from 'modern-tar';
import { dateFromMs, jcsBytes, utf8 } from '#kernel';
import { refusalOf, sha256Hex } from '../test-support/committee.js';
import { type EnvelopePart, packEnvelope, unpackEnvelope } from './envelope-content.js';
import { SIZE_CLASS_MIN, sizeClass } from './size-class.js';
import { PARTS_MAX } from './table-of-contents.js';

const part = (name: string, text = 'x'): EnvelopePart => ({
  name,
  mediaType: 'text/plain',
  bytes: utf8(text),
});

interface RawEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly type?: 'file' | 'directory' | 'symlink';
}

/** An archive as a careless or dishonest program would write it; padding fills it to 64 KiB unless told otherwise. */
async function archive(
  entries: readonly RawEntry[],
  padding: { name?: string; fill?: number; short?: number } | null = {},
): Promise<Uint8Array> {
  const used = entries.reduce((sum, { bytes }) => sum + 512 + Math.ceil(bytes.length / 512) * 512, 3 * 512);
  const { name = 'padding', fill = 0, short = 0 } = padding ?? {};
  const filler = { name, bytes: new Uint8Array(SIZE_CLASS_MIN - used - short).fill(fill) };
  const all = padding === null ? entries : [...entries, filler];
  return packTar(
    all.map(({ name: entry, bytes, type = 'file' }: RawEntry) => ({
      header: {
        name: entry,
        size: type === 'file' ? bytes.length : 0,
        type,
        mtime: dateFromMs(0),
        ...(type === 'symlink' ? { linkname: '/etc/passwd' } : {}),
      },
      ...(type === 'file' ? { body: bytes } : {}),
    })),
  );
}

const row = (name: string, text: string) => ({
  name,
  mediaType: 'text/plain',
  size: utf8(text).length,
  sha256: sha256Hex(text),
});
const toc = (parts: readonly unknown[], v: unknown = 1): RawEntry => ({
  name: 'toc.json',
  bytes: jcsBytes({ v, parts }),
});
const tableOf = (value: unknown): RawEntry => ({ name: 'toc.json', bytes: jcsBytes(value) });
const file = (name: string, text: string): RawEntry => ({ name, bytes: utf8(text) });

describe('packing an envelope', () => {
  it('gives back the same parts in the same order', async () => {
    const parts = fc.uniqueArray(
      fc.record({
        name: fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
          .filter(
            (name) =>
              [...name].every((c) => c >= ' ' && c !== '/' && c !== '\\') &&
              !['.', '..', 'toc.json', 'padding'].includes(name),
          ),
        mediaType: fc.constantFrom('application/pdf', 'text/plain'),
        bytes: fc.uint8Array({ maxLength: 3_000 }),
      }),
      { selector: ({ name }) => name, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(parts, async (given) => {
        const packed = await packEnvelope(given);
        expect(packed.length).toBe(sizeClass(packed.length));
        const read = await unpackEnvelope(packed);
        expect(read.map(({ bytes, ...rest }) => ({ ...rest, bytes: [...bytes] }))).toEqual(
          given.map(({ bytes, ...rest }) => ({ ...rest, bytes: [...bytes] })),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same bytes for the same parts', async () => {
    const parts = [part('a.txt'), part('b.txt', 'long'.repeat(1_000))];
    expect(Buffer.compare(await packEnvelope(parts), await packEnvelope(parts))).toBe(0);
  });

  it('does not show in its length what is inside, below the smallest class', async () => {
    const short = await packEnvelope([part('price', '1.00')]);
    const long = await packEnvelope([part('price', '999999999.99'.repeat(1_000))]);
    expect([short.length, long.length]).toEqual([SIZE_CLASS_MIN, SIZE_CLASS_MIN]);
  });

  it.each([
    ['100 Latin letters', 'a'.repeat(100)],
    ['34 Chinese characters, 102 bytes', '价'.repeat(34)],
    ['100 Chinese characters, 300 bytes', '价'.repeat(100)],
  ])('takes a name of %s', async (_what, name) => {
    const [read] = await unpackEnvelope(await packEnvelope([part(name)]));
    expect(read).toMatchObject({ name, mediaType: 'text/plain' });
  });

  it('holds no parts or 64, and refuses 65', async () => {
    const many = Array.from({ length: PARTS_MAX + 1 }, (_, at) => part(`part ${at}`));
    expect(await unpackEnvelope(await packEnvelope([]))).toEqual([]);
    expect(await unpackEnvelope(await packEnvelope(many.slice(1)))).toHaveLength(PARTS_MAX);
    expect(await refusalOf(() => packEnvelope(many))).toBe('part.too-many');
  });

  it.each(['', '.', '..', 'a/b', '..\\b', 'a\nb', 'a\0b', 'toc.json', 'padding', 'a'.repeat(101)])(
    'refuses the part name %j',
    async (name) => {
      expect(await refusalOf(() => packEnvelope([part(name)]))).toBe('part.name-invalid');
    },
  );

  it.each(['', 'pdf', 'text/', '/plain', 'text/plain\nX: y', 'text/plain;\t', `text/${'x'.repeat(96)}`])(
    'refuses the media type %j',
    async (mediaType) => {
      const wrong = { ...part('a'), mediaType };
      expect(await refusalOf(() => packEnvelope([wrong]))).toBe('part.media-type-invalid');
    },
  );

  it.each(['application/pdf', 'text/plain; charset=utf-8', 'image/svg+xml', `text/${'x'.repeat(95)}`])(
    'keeps the media type %s',
    async (mediaType) => {
      const [read] = await unpackEnvelope(await packEnvelope([{ ...part('a'), mediaType }]));
      expect(read?.mediaType).toBe(mediaType);
    },
  );

  it('refuses two parts of one name', async () => {
    expect(await refusalOf(() => packEnvelope([part('a'), part('a', 'y')]))).toBe('part.name-invalid');
  });
});

describe('unpacking an envelope', () => {
  it('reads an archive that another program wrote in this form', async () => {
    const content = await archive([toc([row('a', 'x')]), file('a', 'x')]);
    expect(await unpackEnvelope(content)).toEqual(
      [part('a', 'x')].map((p) => expect.objectContaining({ name: p.name })),
    );
  });

  const packed = () => packEnvelope([part('a', 'x')]);
  const x = file('a', 'x');
  const table = toc([row('a', 'x')]);

  /** The part `a` with extended fields, padded to the smallest class. */
  async function withPax(pax: Record<string, string>): Promise<Uint8Array> {
    const pack = (fill: number) =>
      packTar(
        [table, x, { name: 'padding', bytes: new Uint8Array(fill) }].map(({ name, bytes }) => ({
          header: { name, size: bytes.length, mtime: dateFromMs(0), ...(name === 'a' ? { pax } : {}) },
          body: bytes,
        })),
      );
    return pack(SIZE_CLASS_MIN - (await pack(0)).length);
  }

  it('reads extended fields that other tar programs write, such as a time of access', async () => {
    expect(await unpackEnvelope(await withPax({ atime: '1' }))).toHaveLength(1);
  });

  it.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ['no bytes', () => new Uint8Array()],
    ['zeros only', () => new Uint8Array(SIZE_CLASS_MIN)],
    ['bytes that are no tar', () => new Uint8Array(SIZE_CLASS_MIN).fill(0x41)],
    ['an archive cut in half', async () => (await archive([table, x])).subarray(0, SIZE_CLASS_MIN / 2)],
    ['no table of contents', () => archive([x])],
    ['a table that is not first', () => archive([x, table])],
    ['a table that is no JSON', () => archive([{ name: 'toc.json', bytes: utf8('{') }, x])],
    ['a table that is no UTF-8', () => archive([{ name: 'toc.json', bytes: Uint8Array.of(0xff) }, x])],
    ['a table that is null', () => archive([{ name: 'toc.json', bytes: utf8('null') }, x])],
    ['a table whose rows are null', () => archive([toc([null]), x])],
    ['a table of another version', () => archive([toc([row('a', 'x')], 2), x])],
    [
      'a table with a member too many',
      () => archive([tableOf({ v: 1, parts: [row('a', 'x')], note: '' }), x]),
    ],
    ['a row with a member too many', () => archive([toc([{ ...row('a', 'x'), note: '' }]), x])],
    ['a row without a media type', () => archive([toc([{ ...row('a', 'x'), mediaType: undefined }]), x])],
    ['a media type that is null', () => archive([toc([{ ...row('a', 'x'), mediaType: null }]), x])],
    ['a media type in a list', () => archive([toc([{ ...row('a', 'x'), mediaType: ['text/plain'] }]), x])],
    ['a media type that is an object', () => archive([toc([{ ...row('a', 'x'), mediaType: {} }]), x])],
    ['a media type of two lines', () => archive([toc([{ ...row('a', 'x'), mediaType: 'a/b\nc' }]), x])],
    ['a size as text', () => archive([toc([{ ...row('a', 'x'), size: '1' }]), x])],
    ['a part that the table does not list', () => archive([table, x, file('b', 'y')])],
    ['a listed part that is not there', () => archive([toc([row('a', 'x'), row('b', 'y')]), x])],
    ['parts in another order', () => archive([toc([row('b', 'y'), row('a', 'x')]), x, file('b', 'y')])],
    ['a part with another hash', () => archive([table, file('a', 'y')])],
    ['a part with another size', () => archive([toc([{ ...row('a', 'x'), size: 2 }]), x])],
    ['a part whose name leaves the folder', () => archive([toc([row('../a', 'x')]), file('../a', 'x')])],
    [
      'a link in place of a part',
      () => archive([toc([row('a', '')]), { ...file('a', ''), type: 'symlink' }]),
    ],
    [
      'a folder in place of a part',
      () => archive([toc([row('a', '')]), { ...file('a', ''), type: 'directory' }]),
    ],
    ['no padding', () => archive([table, x], null)],
    ['padding of another name', () => archive([table, x], { name: 'filler' })],
    ['padding that carries something', () => archive([table, x], { fill: 1 })],
    ['a second archive behind the first', async () => behind(await packed(), await packed())],
    ['one byte behind the end', async () => (await packed()).with(SIZE_CLASS_MIN - 1, 1)],
    ['one byte in the rest of a part’s block', async () => besidePart(await packed())],
    ['a second size beside that of the header', () => withPax({ size: '1' })],
    ['a size in no octal digits', async () => (await packed()).with(124, 0x80)],
    ['padding that misses the size class', () => archive([table, x], { short: 512 })],
  ])('refuses %s', async (_what, content) => {
    const given = await content();
    expect(await refusalOf(() => unpackEnvelope(given))).toBe('envelope.content-malformed');
  });
});

/** The first archive without its padding's zeros, then another one, in one size class. */
function behind(first: Uint8Array, second: Uint8Array): Uint8Array {
  const header = Buffer.from(first).indexOf('padding\0');
  const short = Buffer.from(first.slice(0, header + 512));
  short.write('00000000000', header + 124, 'latin1');
  let sum = 0;
  short.fill(' ', header + 148, header + 156);
  for (const byte of short.subarray(header)) sum += byte;
  short.write(`${sum.toString(8).padStart(6, '0')}\0 `, header + 148, 'latin1');
  const whole = new Uint8Array(2 * SIZE_CLASS_MIN);
  whole.set(short);
  whole.set(second, short.length + 1_024);
  return whole;
}

/** One byte after the end of the part `a`, in the block that the part does not fill. */
function besidePart(content: Uint8Array): Uint8Array {
  const header = Buffer.from(content).indexOf('a\0\0\0\0');
  return content.with(header + 512 + 9, 1);
}
