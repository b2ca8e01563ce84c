import type { AgeEngine } from './age-engine.js';
import { drain } from './drain.js';
import { type PartStream, readParts } from './read-envelope.js';
import { refusal } from './refuse.js';
import { type ExpectedFile, WatchedFile } from './watched-file.js';

export interface StreamToOpen {
  readonly file: AsyncIterable<Uint8Array>;
  /** Combined from shares, or the bidder's own rescue identity. */
  readonly identity: string;
  /** What the bidder released, where the manifest names a key of the bidder's own; else left out. */
  readonly bidderIdentity?: string | undefined;
  readonly expected: ExpectedFile;
  readonly engine: AgeEngine;
}

/**
 * Reads a stored envelope through once and throws `envelope.altered` unless it is what the manifest names: the
 * keeper's fault. It comes before anything is decrypted, since of an altered file not one byte may be used.
 */
export async function requireUnaltered(
  file: AsyncIterable<Uint8Array>,
  expected: ExpectedFile,
  engine: Pick<AgeEngine, 'sha256'>,
): Promise<void> {
  const watched = new WatchedFile(file, expected, engine.sha256);
  try {
    await watched.requireSame();
  } finally {
    await watched.close();
  }
}

/**
 * Opens an envelope part by part; see `readEnvelope` for how to read them. To be called after
 * {@link requireUnaltered}. The file is hashed once more on its way, since a store could give another one the second
 * time: **publish nothing of it before the iteration has ended without an error.**
 *
 * Throws `envelope.altered` where this is not the file that the manifest names. Throws `envelope.unreadable` where it
 * is and does not decrypt to its end, else `envelope.content-malformed` where what is inside has another form: the
 * bidder's fault, since the deal proves that this identity is the one that was sealed to. The whole file is read
 * before a fault is named, so that everyone names the same one. What the file's source throws comes out unchanged.
 */
export async function* openStream(input: StreamToOpen): AsyncGenerator<PartStream> {
  const { expected, engine } = input;
  const file = new WatchedFile(input.file, expected, engine.sha256);
  const decrypted = decryptAll(file, input)[Symbol.asyncIterator]();
  const content = { [Symbol.asyncIterator]: () => ({ next: () => nextOf(decrypted, file) }) };
  /** What is said in the end: that the file is another one, else that it does not decrypt, else the first fault. */
  const settle = async (fault: unknown): Promise<unknown> => {
    if (file.failed) return fault;
    const ofContent = await faultOf(() => drain(content));
    const ofFile = await faultOf(() => file.requireSame());
    return ofFile ?? ofContent ?? fault;
  };
  try {
    yield* readParts(content, engine.sha256, settle);
    await file.requireSame();
  } finally {
    await decrypted.return?.();
    await file.close();
  }
}

/** Off with the committee's layer, and with the bidder's own where there is one: an age file in an age file. */
function decryptAll(
  file: WatchedFile,
  { engine, identity, bidderIdentity }: StreamToOpen,
): AsyncIterable<Uint8Array> {
  const outer = engine.decrypt(file, identity);
  return bidderIdentity === undefined ? outer : engine.decrypt(outer, bidderIdentity);
}

/** The next chunk of the content; that it does not decrypt is said with a code, that it cannot be read is not. */
async function nextOf(
  decrypted: AsyncIterator<Uint8Array>,
  file: WatchedFile,
): Promise<IteratorResult<Uint8Array>> {
  try {
    return await decrypted.next();
  } catch (error) {
    if (file.failed) throw error;
    throw refusal('envelope.unreadable', 'The envelope does not open with the key that it was sealed to.');
  }
}

async function faultOf(act: () => Promise<void>): Promise<unknown> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return error;
  }
}
