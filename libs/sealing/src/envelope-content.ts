import { sha256 } from '@noble/hashes/sha2.js';
import { packTar, unpackTar } from 'modern-tar';
import { dateFromMs, fromUtf8, invariant, jcsBytes, toHex } from '#kernel';
import { refusal } from './refuse.js';
import { sizeClass } from './size-class.js';

export interface EnvelopePart {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export const PARTS_MAX = 64;
const NAME = /^[^/\\\p{Cc}]{1,100}$/u;
const TOC = 'toc.json';
const PADDING = 'padding';
const BLOCK = 512;

interface TableOfContents {
  readonly v: 1;
  readonly parts: readonly {
    readonly name: string;
    readonly mediaType: string;
    readonly size: number;
    readonly sha256: string;
  }[];
}

/**
 * A tar archive: `toc.json`, the parts in order, and `padding` that brings the whole to a size class, so that the
 * length of the ciphertext does not tell a price. The same parts give the same bytes. Throws `part.name-invalid`,
 * `part.too-many`.
 */
export async function packEnvelope(parts: readonly EnvelopePart[]): Promise<Uint8Array> {
  if (parts.length > PARTS_MAX) throw refusal('part.too-many', `An envelope has at most ${PARTS_MAX} parts.`);
  requireNames(parts.map(({ name }) => name));
  const toc: TableOfContents = {
    v: 1,
    parts: parts.map(({ name, mediaType, bytes }) => ({
      name,
      mediaType,
      size: bytes.length,
      sha256: toHex(sha256(bytes)),
    })),
  };
  const entries = [{ name: TOC, bytes: jcsBytes(toc) }, ...parts];
  const used = await usedBy(entries);
  const total = sizeClass(used);
  const packed = await packEntries([...entries, { name: PADDING, bytes: new Uint8Array(total - used) }]);
  invariant(packed.length === total, 'an envelope’s content has the size of its class');
  return packed;
}

type Entry = Pick<EnvelopePart, 'name' | 'bytes'>;

/** The archive's length without padding. Headers are measured: a name beyond 100 bytes of UTF-8 takes several blocks. */
async function usedBy(entries: readonly Entry[]): Promise<number> {
  const names = [...entries.map(({ name }) => name), PADDING];
  const frame = await packEntries(names.map((name) => ({ name, bytes: new Uint8Array() })));
  return entries.reduce((sum, { bytes }) => sum + blocks(bytes.length), frame.length);
}

const packEntries = (entries: readonly Entry[]): Promise<Uint8Array> =>
  packTar(
    entries.map(({ name, bytes }) => ({
      header: {
        name,
        size: bytes.length,
        mode: 0o644,
        uid: 0,
        gid: 0,
        mtime: dateFromMs(0),
        type: 'file' as const,
      },
      body: bytes,
    })),
  );

/**
 * Reads the form that {@link packEnvelope} writes: plain files only, as the table says, and padding of zeros up to a
 * size class, so that nothing travels beside the parts. Throws `envelope.content-malformed`.
 */
export async function unpackEnvelope(content: Uint8Array): Promise<EnvelopePart[]> {
  try {
    return await unpack(content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refusal(
      'envelope.content-malformed',
      `The envelope opens, but its content is malformed: ${reason}`,
    );
  }
}

async function unpack(content: Uint8Array): Promise<EnvelopePart[]> {
  invariant(sizeClass(content.length) === content.length, 'the whole has the size of a class');
  const entries = (await unpackTar(content)).map(({ header, data }) => {
    invariant(header.type === 'file', 'every entry is a file');
    return { name: header.name, bytes: data ?? new Uint8Array() };
  });
  const [first, ...rest] = entries;
  const last = rest.pop();
  invariant(
    first?.name === TOC && last?.name === PADDING,
    'the first entry is toc.json, the last is padding',
  );
  invariant(
    last.bytes.every((byte) => byte === 0),
    'padding is zeros',
  );
  const { v, parts } = JSON.parse(fromUtf8(first.bytes)) as TableOfContents;
  invariant(
    v === 1 && Array.isArray(parts) && parts.length === rest.length && parts.length <= PARTS_MAX,
    'the table lists every part',
  );
  requireNames(parts.map(({ name }) => name));
  return parts.map(({ name, mediaType, size, sha256: expected }, at) => {
    const { name: stored, bytes } = rest[at]!;
    invariant(
      stored === name && bytes.length === size && toHex(sha256(bytes)) === expected,
      `${name} is what the table says`,
    );
    return { name, mediaType, bytes };
  });
}

function requireNames(names: readonly string[]): void {
  const wrong = names.find(
    (name) => !NAME.test(name) || name === TOC || name === PADDING || name === '.' || name === '..',
  );
  if (wrong !== undefined || new Set(names).size !== names.length) {
    throw refusal('part.name-invalid', 'Parts have distinct plain names of at most 100 characters.', {
      name: wrong ?? null,
    });
  }
}

const blocks = (size: number): number => Math.ceil(size / BLOCK) * BLOCK;
