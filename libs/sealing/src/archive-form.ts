import { invariant } from '#kernel';

const BLOCK = 512;
/** Where a header holds its entry's size (POSIX.1-2017, pax, "ustar Interchange Format"). */
const SIZE_FROM = 124;
const SIZE_TO = 136;

/** Bytes rounded up to whole tar blocks. */
export const wholeBlocks = (size: number): number => Math.ceil(size / BLOCK) * BLOCK;

/**
 * Walks an archive's headers and throws unless every byte outside of headers and entries is zero: the rest of each
 * entry's last block, and everything from the end of the archive on. Otherwise a second archive could lie behind the
 * first, which some programs would read and others not.
 */
export function requireNothingBeside(archive: Uint8Array): void {
  let at = 0;
  while (at + BLOCK <= archive.length && archive[at] !== 0) {
    const size = octal(archive.subarray(at + SIZE_FROM, at + SIZE_TO));
    const end = at + BLOCK + size;
    const next = at + BLOCK + wholeBlocks(size);
    invariant(next <= archive.length, 'every entry is whole');
    invariant(isZero(archive.subarray(end, next)), 'nothing lies between two entries');
    at = next;
  }
  invariant(isZero(archive.subarray(at)), 'nothing lies behind the last entry');
}

function octal(field: Uint8Array): number {
  const digits = /^ *([0-7]+)[\0 ]*$/.exec(String.fromCharCode(...field))?.[1];
  invariant(digits !== undefined, 'a size is in octal digits');
  return Number.parseInt(digits, 8);
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
