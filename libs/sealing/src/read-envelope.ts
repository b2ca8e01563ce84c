import { invariant, toHex } from '#kernel';
import type { StartHash } from './age-engine.js';
import { isZero } from './archive-form.js';
import { ByteReader } from './byte-reader.js';
import { drain } from './drain.js';
import { type ArchivedFile, readArchive } from './read-archive.js';
import { refusal } from './refuse.js';
import { sizeClass } from './size-class.js';
import { type ListedPart, PADDING, readTable, TOC } from './table-of-contents.js';
import { typageEngine } from './typage-engine.js';
import { ENVELOPE_BYTES_MAX } from './write-envelope.js';

/** A table of 64 parts takes 64 KiB; a program that writes more spaces than words is refused. */
export const TABLE_BYTES_MAX = 1024 * 1024;

/** A part as it is read. */
export interface PartStream extends ListedPart {
  /** Its bytes, once, before the next part is asked for. Its hash is checked at its end. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Reads the form that `writeEnvelope` writes, one part after the other: plain files only, as the table says, padding
 * of zeros up to a size class, and no byte beside the entries. Times, owners and modes in headers are free, so that
 * another tar program may have written it. A body that is not read to its end is passed over, and checked all the same.
 *
 * **The last checks are made after the last part**: publish nothing before the iteration has ended without an error.
 *
 * Throws `envelope.content-malformed`, between parts or in a body, for everything else, whatever the bytes are. What
 * the content's source throws comes out unchanged.
 */
export function readEnvelope(
  content: AsyncIterable<Uint8Array>,
  sha256: StartHash = typageEngine.sha256,
): AsyncGenerator<PartStream> {
  return readParts(content, sha256, (fault) => Promise.resolve(fault));
}

/** As {@link readEnvelope}, with a last word on what is thrown. */
export async function* readParts(
  content: AsyncIterable<Uint8Array>,
  sha256: StartHash,
  settle: (fault: unknown) => Promise<unknown>,
): AsyncGenerator<PartStream> {
  const reader = new ByteReader(content, ENVELOPE_BYTES_MAX);
  const fail = (error: unknown) => settle(reader.failed ? error : contentMalformed(error));
  try {
    yield* partsOf(reader, sha256, fail);
  } catch (error) {
    throw await fail(error);
  } finally {
    await reader.close();
  }
}

async function* partsOf(
  reader: ByteReader,
  sha256: StartHash,
  fail: (error: unknown) => Promise<unknown>,
): AsyncGenerator<PartStream> {
  const files = readArchive(reader);
  const nextFile = async (rule: string): Promise<ArchivedFile> => {
    const { done, value } = await files.next();
    invariant(done !== true, rule);
    return value;
  };
  const table = await nextFile('there is a table of contents');
  invariant(table.name === TOC && table.size <= TABLE_BYTES_MAX, 'the first entry is toc.json');
  for (const part of readTable(await wholeOf(table)).parts) {
    const file = await nextFile('every part is there');
    invariant(file.name === part.name && file.size === part.size, `${part.name} is what the table says`);
    const body = checkedBody(file, part, sha256);
    yield { ...part, body: { [Symbol.asyncIterator]: () => failing(body(), fail) } };
    await drain(body());
  }
  const padding = await nextFile('there is padding');
  invariant(padding.name === PADDING, 'the last entry is padding');
  for await (const chunk of padding.body()) invariant(isZero(chunk), 'padding is zeros');
  const { done } = await files.next();
  invariant(done === true, 'padding is the last entry');
  invariant(sizeClass(reader.position) === reader.position, 'the whole has the size of a class');
}

/** The file's bytes, as many as are left; at their end, every time, their hash is held against the table. */
function checkedBody(
  file: ArchivedFile,
  { name, sha256: expected }: ListedPart,
  sha256: StartHash,
): () => AsyncGenerator<Uint8Array> {
  const running = sha256();
  let digest: string | undefined;
  return async function* () {
    for await (const chunk of file.body()) {
      running.update(chunk);
      yield chunk;
    }
    digest ??= toHex(running.digest());
    invariant(digest === expected, `${name} is what the table says`);
  };
}

async function* failing(
  chunks: AsyncIterable<Uint8Array>,
  fail: (error: unknown) => Promise<unknown>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw await fail(error);
  }
}

async function wholeOf(file: ArchivedFile): Promise<Uint8Array> {
  const whole = new Uint8Array(file.size);
  let at = 0;
  for await (const chunk of file.body()) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function contentMalformed(error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return refusal('envelope.content-malformed', `The envelope opens, but its content is malformed: ${reason}`);
}
