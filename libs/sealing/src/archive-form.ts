import { createTarPacker, packTar, type TarHeader } from 'modern-tar';
import { concatBytes, dateFromMs, invariant } from '#kernel';

/** The unit of a tar archive: a header is one block, an entry fills whole blocks. */
export const BLOCK = 512;
/** Where a header holds its entry's size and type (POSIX.1-2017, pax, "ustar Interchange Format"). */
const SIZE_FROM = 124;
const SIZE_TO = 136;
const TYPE_AT = 156;
/** Types of entries that say something of the next entry: pax `x` and `g`, GNU's long name `L` and long link `K`. */
const EXTENDING = 'xgLK';
/** Two blocks of zeros end an archive. */
export const END_BYTES = 2 * BLOCK;

/** Bytes rounded up to whole tar blocks. */
export const wholeBlocks = (size: number): number => Math.ceil(size / BLOCK) * BLOCK;

/** The size of the entry behind a header. Throws an Error unless it is in octal digits. */
export function sizeIn(header: Uint8Array): number {
  const field = String.fromCharCode(...header.subarray(SIZE_FROM, SIZE_TO));
  const digits = /^ *([0-7]+)[\0 ]*$/.exec(field)?.[1];
  invariant(digits !== undefined, 'a size is in octal digits');
  return Number.parseInt(digits, 8);
}

/** Whether the entry is no file but extends the header of the one behind it. */
export const isExtending = (header: Uint8Array): boolean =>
  EXTENDING.includes(String.fromCharCode(header[TYPE_AT]!));

/** Whether what it extends is every entry from here on (pax `g`). */
export const isGlobal = (header: Uint8Array): boolean => header[TYPE_AT] === 'g'.charCodeAt(0);

export function isZero(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== 0) return false;
  return true;
}

/**
 * The blocks in front of an entry's bytes, always the same for the same name and size: no time, no owner. A name
 * beyond 100 bytes of UTF-8 takes several blocks.
 */
export async function headOf(name: string, size: number): Promise<Uint8Array> {
  const length = (await packTar([{ header: plainHeader(name, 0) }])).length - END_BYTES;
  const { readable, controller } = createTarPacker();
  controller.add(plainHeader(name, size));
  const reader = readable.getReader();
  let head: Uint8Array = new Uint8Array();
  while (head.length < length) head = concatBytes(head, (await reader.read()).value!);
  await reader.cancel();
  invariant(head.length === length, 'a size changes nothing in the length of a head');
  return head;
}

const plainHeader = (name: string, size: number): TarHeader => ({
  name,
  size,
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtime: dateFromMs(0),
  type: 'file',
});
