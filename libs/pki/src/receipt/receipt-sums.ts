import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '#kernel';
import { malformed, MEMBERS } from './receipt-members.js';

type Files = ReadonlyMap<string, Uint8Array>;

function linesOf(files: Files): { readonly name: string; readonly line: string }[] {
  return [...files]
    .filter(([name]) => name !== MEMBERS.sums)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bytes]) => ({ name, line: `${toHex(sha256(bytes))}  ${name}\n` }));
}

/** One line a file, in the format of `sha256sum`, sorted by name; the list itself is not listed. */
export const sumsOf = (files: Files): string =>
  linesOf(files)
    .map(({ line }) => line)
    .join('');

/**
 * Throws `receipt.malformed` with the first file whose hash is not the one listed. This finds damage; against a
 * forger it is no help, who would write the list anew.
 */
export function checkSums(files: Files, listed: string): void {
  const wrong = linesOf(files).find(({ line }) => !listed.includes(line));
  if (wrong) malformed(wrong.name, `It does not have the hash that ${MEMBERS.sums} lists.`);
  if (listed !== sumsOf(files)) malformed(MEMBERS.sums, 'It lists more than the files that are there.');
}
