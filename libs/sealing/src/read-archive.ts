import { unpackTar } from 'modern-tar';
import { concatBytes, invariant } from '#kernel';
import { BLOCK, isExtending, isGlobal, isZero, sizeIn, wholeBlocks } from './archive-form.js';
import type { ByteReader } from './byte-reader.js';
import { drain } from './drain.js';

/** Extended headers of one archive together. A name of 100 characters takes 1 KiB; more is only there to cost. */
export const EXTENDED_BYTES_MAX = 1024 * 1024;

export interface ArchivedFile {
  readonly name: string;
  readonly size: number;
  /** What has not been taken yet; can be asked for again after an early stop, and then goes on. */
  body(): AsyncGenerator<Uint8Array>;
}

/**
 * The files of a tar archive, one after the other: each body is read before the next file, or passed over. Every byte
 * outside of headers and bodies must be zero, the rest of each body's last block and everything from the end of the
 * archive on: otherwise a second archive could lie behind the first, which some programs would read and others not.
 * Throws an Error that says what is wrong; that nothing lies behind is known only at the end.
 */
export async function* readArchive(content: ByteReader): AsyncGenerator<ArchivedFile> {
  const global: Uint8Array[] = [];
  for (;;) {
    const head = await readHead(content, global);
    if (head === null) return;
    let left = head.size;
    async function* body(): AsyncGenerator<Uint8Array> {
      while (left > 0) {
        const chunk = await content.some(left);
        invariant(chunk !== null, 'every entry is whole');
        left -= chunk.length;
        yield chunk;
      }
    }
    yield { ...head, body };
    await drain(body());
    await requireZeros(content, wholeBlocks(head.size) - head.size, 'nothing lies between two entries');
  }
}

interface Head {
  readonly name: string;
  readonly size: number;
}

/** The next file's header with all that extends it; null at the end of the archive, once all behind it is zero. */
async function readHead(content: ByteReader, global: Uint8Array[]): Promise<Head | null> {
  const extending: Uint8Array[] = [];
  for (;;) {
    const block = await content.upTo(BLOCK);
    if (block.length < BLOCK || block[0] === 0) {
      invariant(isZero(block) && extending.length === 0, 'the archive ends with zeros');
      await requireZeros(content, Infinity, 'nothing lies behind the last entry');
      return null;
    }
    const size = sizeIn(block);
    if (!isExtending(block)) {
      const head = await parseHead(size, concatBytes(...global, ...extending, block));
      global.push(...extending.filter(isGlobal));
      return head;
    }
    const used = [...global, ...extending].reduce((sum, bytes) => sum + bytes.length, BLOCK + size);
    invariant(used <= EXTENDED_BYTES_MAX, 'extended headers are small');
    const extension = await content.upTo(wholeBlocks(size));
    invariant(extension.length === wholeBlocks(size), 'every entry is whole');
    invariant(isZero(extension.subarray(size)), 'nothing lies between two entries');
    extending.push(concatBytes(block, extension));
  }
}

/** Reads a file's header, and the extended ones before it, as any tar program would. */
async function parseHead(size: number, blocks: Uint8Array): Promise<Head> {
  const [entry, ...more] = await unpackTar(blocks);
  invariant(entry !== undefined && more.length === 0, 'every header can be read');
  const { header } = entry;
  invariant(header.type === 'file', 'every entry is a file');
  invariant(header.pax?.['size'] === undefined && header.size === size, 'every size stands in its header');
  return { name: header.name, size };
}

async function requireZeros(content: ByteReader, count: number, rule: string): Promise<void> {
  for (let left = count; left > 0;) {
    const chunk = await content.some(left);
    if (chunk === null) return;
    invariant(isZero(chunk), rule);
    left -= chunk.length;
  }
}
