import { concatBytes } from '#kernel';
import type { ByteReader } from './byte-reader.js';

/** The age format names no limit. Sealing writes 300 bytes; a longer header would only cost its reader. */
export const AGE_HEADER_BYTES_MAX = 64 * 1024;
const MAC_LINE = '--- ';

/**
 * Takes the header off an age file, the line of its MAC included: no line before it can begin like that one, since
 * bodies of stanzas are base64. Reads nothing else out of it. Throws an Error where there is no such line within
 * {@link AGE_HEADER_BYTES_MAX}.
 */
export async function readAgeHeader(file: ByteReader): Promise<Uint8Array> {
  const lines: Uint8Array[] = [];
  for (let room = AGE_HEADER_BYTES_MAX; ;) {
    const line = await file.line(room);
    lines.push(line);
    if (startsLikeMac(line)) return concatBytes(...lines);
    room -= line.length;
  }
}

const startsLikeMac = (line: Uint8Array): boolean =>
  [...MAC_LINE].every((character, at) => line[at] === character.charCodeAt(0));
