import { concatBytes, invariant, jcsBytes, toHex } from '#kernel';
import type { StartHash } from './age-engine.js';
import { END_BYTES, headOf, wholeBlocks } from './archive-form.js';
import { isSha256Hex } from './exact-shape.js';
import { refusal } from './refuse.js';
import { sizeClass } from './size-class.js';
import { type ListedPart, PADDING, requireListable, TOC, type TableOfContents } from './table-of-contents.js';
import { typageEngine } from './typage-engine.js';

/** The content of one envelope at most, padding included: 2 GiB, which is a size class. */
export const ENVELOPE_BYTES_MAX = 2_147_483_648;
const ZEROS_AT_ONCE = 64 * 1024;

/** A part that is read when its turn comes; size (bytes) and hash (lower-case hex) are known before. */
export interface PartSource extends ListedPart {
  /** Its bytes. A chunk is used before the next one is asked for. */
  open(): AsyncIterable<Uint8Array>;
}

/**
 * The archive that an envelope holds, as a stream: `toc.json`, the parts in order, and `padding` that brings the whole
 * to a size class, so that the length of the ciphertext does not tell a price. The same parts give the same bytes.
 * Throws `part.too-many`, `part.name-invalid`, `part.media-type-invalid`, `envelope.too-large` before the first byte,
 * and `part.changed` where a part turns out to have another size or hash than it was listed with.
 */
export async function* writeEnvelope(
  parts: readonly PartSource[],
  sha256: StartHash = typageEngine.sha256,
): AsyncGenerator<Uint8Array> {
  requireListable(parts);
  invariant(
    parts.every((part) => Number.isSafeInteger(part.size) && part.size >= 0 && isSha256Hex(part.sha256)),
    'a part is listed with a size in bytes and a hash in hex',
  );
  const toc = jcsBytes({ v: 1, parts: parts.map(listed) } satisfies TableOfContents);
  const used = await usedBy([{ name: TOC, size: toc.length }, ...parts]);
  const total = sizeClass(used);
  if (total > ENVELOPE_BYTES_MAX) {
    throw refusal('envelope.too-large', `An envelope holds at most ${ENVELOPE_BYTES_MAX} bytes.`, {
      bytesMax: ENVELOPE_BYTES_MAX,
    });
  }
  yield concatBytes(await headOf(TOC, toc.length), wholeBlocksOf(toc));
  for (const part of parts) {
    yield await headOf(part.name, part.size);
    yield* asListed(part, sha256);
    yield* zeros(wholeBlocks(part.size) - part.size);
  }
  yield await headOf(PADDING, total - used);
  yield* zeros(total - used + END_BYTES);
}

const listed = ({ name, mediaType, size, sha256 }: PartSource): ListedPart => ({
  name,
  mediaType,
  size,
  sha256,
});

/** The archive's length without what the padding holds. */
async function usedBy(entries: readonly Pick<ListedPart, 'name' | 'size'>[]): Promise<number> {
  let used = (await headOf(PADDING, 0)).length + END_BYTES;
  for (const { name, size } of entries) used += (await headOf(name, 0)).length + wholeBlocks(size);
  return used;
}

async function* asListed(part: PartSource, sha256: StartHash): AsyncGenerator<Uint8Array> {
  const running = sha256();
  let size = 0;
  for await (const chunk of part.open()) {
    running.update(chunk);
    size += chunk.length;
    if (size > part.size) throw changed(part);
    yield chunk;
  }
  if (size !== part.size || toHex(running.digest()) !== part.sha256) throw changed(part);
}

const changed = ({ name }: PartSource) =>
  refusal('part.changed', `${name} is not what it was when the envelope was listed.`, { name });

function* zeros(count: number): Generator<Uint8Array> {
  for (let left = count; left > 0; left -= ZEROS_AT_ONCE) {
    yield new Uint8Array(Math.min(left, ZEROS_AT_ONCE));
  }
}

function wholeBlocksOf(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(wholeBlocks(bytes.length));
  whole.set(bytes);
  return whole;
}
