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
const NAME = /^[^/\\\0-\x1f]{1,100}$/u;
const TOC = 'toc.json';
const PADDING = 'padding';
const BLOCK = 512;
/** Two empty blocks end a tar archive. */
const TAIL = 2 * BLOCK;

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
  const used = entries.reduce((sum, { bytes }) => sum + BLOCK + blocks(bytes.length), BLOCK + TAIL);
  const total = sizeClass(used);
  const all = [...entries, { name: PADDING, bytes: new Uint8Array(total - used) }];
  const packed = await packTar(
    all.map(({ name, bytes }) => ({
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
  invariant(packed.length === total, 'an envelope’s content has the size of its class');
  return packed;
}

/** Reads what {@link packEnvelope} wrote and nothing else. Throws `envelope.content-malformed`. */
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
  const entries = (await unpackTar(content)).map(({ header, data }) => ({
    name: header.name,
    bytes: data ?? new Uint8Array(),
  }));
  const [first, ...rest] = entries;
  const last = rest.pop();
  invariant(
    first?.name === TOC && last?.name === PADDING,
    'the first entry is toc.json, the last is padding',
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
