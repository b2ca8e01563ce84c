import { unzipSync, zipSync } from 'fflate';
import { bytesEqual } from '#kernel';
import { isMemberName, malformed, RECEIPT_LIMITS } from './receipt-members.js';

/** The earliest moment that a ZIP can hold. The format keeps local time, so it is made of local fields. */
const FIXED_TIME = new Date(1980, 0, 1, 12);

/**
 * The one ZIP of these files: names sorted, stored without compression, one fixed time. Stored, because the
 * output of a compressor differs from version to version, and because nothing can grow when it is unpacked.
 */
export function packStored(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), { level: 0, mtime: FIXED_TIME });
}

/**
 * The files of a ZIP that {@link packStored} wrote, byte by byte: two readers of a ZIP can see different files
 * where names repeat, headers disagree or bytes lie between the files, and none of that has this one form.
 * Throws `receipt.malformed`, `receipt.too-large`.
 */
export function unpackStored(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = readEntries(bytes);
  if (!bytesEqual(packStored(files), bytes)) {
    malformed(null, 'The ZIP is not in the one form in which receipts are written; take the original file.');
  }
  return files;
}

function readEntries(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const seen = new Set<string>();
  let fault = 'The file is no ZIP.';
  const refuse = (message: string): never => {
    fault = message;
    throw new Error(message);
  };
  try {
    const unpacked = unzipSync(bytes, {
      filter: ({ name, size, originalSize, compression }) => {
        if (compression !== 0 || size !== originalSize) refuse('A file in the ZIP is compressed.');
        if (!isMemberName(name)) refuse(`The ZIP holds a file that no receipt has: ${name.slice(0, 100)}`);
        if (seen.has(name)) refuse(`The ZIP holds ${name} twice.`);
        if (seen.size >= RECEIPT_LIMITS.membersMax) refuse('The ZIP holds too many files.');
        seen.add(name);
        return true;
      },
    });
    return new Map(Object.entries(unpacked));
  } catch {
    return malformed(null, fault);
  }
}
