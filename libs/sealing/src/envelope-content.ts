import { sha256 } from '@noble/hashes/sha2.js';
import { packTar, unpackTar } from 'modern-tar';
import { dateFromMs, invariant, jcsBytes, toHex } from '#kernel';
import { requireNothingBeside, wholeBlocks } from './archive-form.js';
import { refusal } from './refuse.js';
import { sizeClass } from './size-class.js';
import { PADDING, readTable, requireListable, TOC, type TableOfContents } from './table-of-contents.js';

export interface EnvelopePart {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * A tar archive: `toc.json`, the parts in order, and `padding` that brings the whole to a size class, so that the
 * length of the ciphertext does not tell a price. The same parts give the same bytes. Throws `part.too-many`,
 * `part.name-invalid`, `part.media-type-invalid`.
 */
export async function packEnvelope(parts: readonly EnvelopePart[]): Promise<Uint8Array> {
  requireListable(parts);
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
  return entries.reduce((sum, { bytes }) => sum + wholeBlocks(bytes.length), frame.length);
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
 * Reads the form that {@link packEnvelope} writes: plain files only, as the table says, padding of zeros up to a size
 * class, and no byte beside the entries. Times, owners and modes in headers are free, so that another tar
 * program may have written it. Throws `envelope.content-malformed` for everything else, whatever the bytes are.
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
  requireNothingBeside(content);
  const entries = (await unpackTar(content)).map(({ header, data }) => {
    invariant(header.type === 'file', 'every entry is a file');
    invariant(header.pax?.['size'] === undefined, 'every size stands in its header');
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
  const { parts } = readTable(first.bytes);
  invariant(parts.length === rest.length, 'the table lists every part');
  return parts.map(({ name, mediaType, size, sha256: expected }, at) => {
    const { name: stored, bytes } = rest[at]!;
    invariant(
      stored === name && bytes.length === size && toHex(sha256(bytes)) === expected,
      `${name} is what the table says`,
    );
    return { name, mediaType, bytes };
  });
}
