import { createInflateRaw } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { invariant, isDomainError } from '#kernel';
import { checkNamingPart, checkPartName, isNamingPart, isXmlPart } from './forbidden-content.js';
import { refuseWorkbook } from './refuse-workbook.js';
import { WORKBOOK_LIMITS } from './workbook-limits.js';

/** The XML parts of a workbook that passed the checks before reading. */
export interface CheckedWorkbook {
  readonly names: ReadonlySet<string>;
  /** The part, inflated as it is read. */
  open(name: string): AsyncIterable<Uint8Array>;
}

const { bytesMax, entriesMax, inflatedBytesMax, ratioMax, ratioFromBytes, namingBytesMax } = WORKBOOK_LIMITS;
/** Compound files: old .xls, and .xlsx under a password. */
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const REQUIRED = ['[Content_Types].xml', 'xl/workbook.xml'];

function checkEnvelope(bytes: Buffer): void {
  if (bytes.length > bytesMax)
    refuseWorkbook('workbook.too-large', `A workbook may have at most ${bytesMax} bytes.`, {
      bytes: bytes.length,
    });
  if (!bytes.subarray(0, 8).equals(COMPOUND_FILE)) return;
  if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')))
    refuseWorkbook('workbook.encrypted', 'The workbook is protected by a password; save it without one.');
  refuseWorkbook('workbook.malformed', 'This is an old .xls workbook; save it as .xlsx.');
}

const bomb = (message: string, details: Readonly<Record<string, unknown>>): never =>
  refuseWorkbook('workbook.bomb', message, details);

function checkRatio(name: string, inflated: number, stored: number): void {
  if (inflated >= ratioFromBytes && inflated > stored * ratioMax)
    bomb(`${name} inflates to more than ${ratioMax} times its size.`, { name, inflated, stored });
}

/** All that the central directory says, before a byte is inflated. */
async function listEntries(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > entriesMax)
    bomb(`A workbook may have at most ${entriesMax} parts.`, { entries: zip.entryCount });
  const entries: Entry[] = [];
  const names = new Set<string>();
  let inflated = 0;
  let stored = 0;
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName;
    if (entry.isEncrypted())
      refuseWorkbook('workbook.encrypted', 'Parts of the workbook are encrypted.', { part: name });
    if (names.has(name.toLowerCase()))
      refuseWorkbook('workbook.malformed', `The part ${name} stands twice in the workbook.`, { part: name });
    names.add(name.toLowerCase());
    checkPartName(name);
    checkRatio(name, entry.uncompressedSize, entry.compressedSize);
    inflated += entry.uncompressedSize;
    stored += entry.compressedSize;
    if (inflated > inflatedBytesMax)
      bomb(`A workbook may inflate to at most ${inflatedBytesMax} bytes.`, { inflated });
    entries.push(entry);
  }
  checkRatio('The workbook', inflated, stored);
  return entries;
}

/** An entry with where its bytes begin. */
interface Placed {
  readonly entry: Entry;
  readonly from: number;
}

/** Bytes that serve two entries are how small files inflate without bound (and how readers come to differ). */
async function placeApart(zip: ZipFile, entries: readonly Entry[]): Promise<Placed[]> {
  const byOffset = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  const placed: Placed[] = [];
  let end = 0;
  for (const entry of byOffset) {
    if (entry.relativeOffsetOfLocalHeader < end)
      bomb('Parts of the workbook overlap.', { part: entry.fileName });
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    end = fileDataStart + entry.compressedSize;
    placed.push({ entry, from: fileDataStart });
  }
  return placed;
}

const CHUNK_BYTES = 32 * 1024;
const [STORED, DEFLATED] = [0, 8];

/** The entry inflated piece by piece; fails as soon as it is longer than the size declared and checked, or ends short. */
async function* inflate(file: Buffer, { entry, from }: Placed): AsyncGenerator<Uint8Array> {
  const { fileName: part, compressedSize, uncompressedSize, compressionMethod } = entry;
  const wrong = (reason: string): never =>
    refuseWorkbook('workbook.malformed', `The part ${part} is not sound: ${reason}.`, { part });
  const stored = file.subarray(from, from + compressedSize);
  if (stored.length < compressedSize) wrong('it ends outside of the file');
  let bytes = 0;
  if (compressionMethod === STORED) {
    bytes = stored.length;
    yield stored;
  } else if (compressionMethod === DEFLATED) {
    const stream = createInflateRaw({ chunkSize: CHUNK_BYTES });
    stream.end(stored);
    for await (const chunk of stream) {
      const piece: Uint8Array = chunk;
      bytes += piece.length;
      if (bytes > uncompressedSize) wrong('it is longer than it says');
      yield piece;
    }
  } else wrong('it is compressed in an unknown way');
  if (bytes !== uncompressedSize) wrong('its length is not the one it says');
}

/** Content types and relationships are small, and looked at as a whole. */
async function checkNaming(file: Buffer, placed: Placed): Promise<void> {
  const { fileName: part, uncompressedSize } = placed.entry;
  if (!isNamingPart(part)) return;
  if (uncompressedSize > namingBytesMax)
    refuseWorkbook('workbook.too-complex', `The part ${part} is larger than a workbook needs.`, { part });
  const chunks: Uint8Array[] = [];
  for await (const chunk of inflate(file, placed)) chunks.push(chunk);
  checkNamingPart(part, Buffer.concat(chunks).toString('utf8'));
}

/** Says of an error of the zip reader that the workbook is not sound; refusals pass as they are. */
export function unsound(error: unknown): never {
  if (isDomainError(error)) throw error;
  return refuseWorkbook('workbook.malformed', 'The file is not a sound .xlsx workbook.', {
    reason: error instanceof Error ? error.message : String(error),
  });
}

async function openChecked(file: Buffer, zip: ZipFile): Promise<CheckedWorkbook> {
  const placed = await placeApart(zip, await listEntries(zip));
  const byName = new Map(
    placed.filter(({ entry }) => isXmlPart(entry.fileName)).map((one) => [one.entry.fileName, one]),
  );
  for (const name of REQUIRED)
    if (!byName.has(name))
      refuseWorkbook('workbook.malformed', `The workbook lacks its part ${name}.`, { part: name });
  for (const one of byName.values()) await checkNaming(file, one);
  return {
    names: new Set(byName.keys()),
    open: (name) => {
      const found = byName.get(name);
      invariant(found, `no part ${name}`);
      return inflate(file, found);
    },
  };
}

/**
 * Checks a workbook within the limits of {@link WORKBOOK_LIMITS} before any of its content is read. Whoever reads on
 * is given the parts by the names checked here, never the archive, so that it does not matter how another reader of
 * zip files would have understood it. Nothing but XML (pictures, printer settings) is ever inflated, and that as a
 * stream.
 *
 * Throws `workbook.too-large`, `workbook.bomb` (entries, size, ratio, overlap), `workbook.encrypted`,
 * `workbook.forbidden-content` (macros, external links, objects), `workbook.too-complex`, `workbook.malformed`.
 */
export async function inspectWorkbook(bytes: Uint8Array): Promise<CheckedWorkbook> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkEnvelope(buffer);
  try {
    const zip = await yauzl.fromBufferPromise(buffer, { strictFileNames: true, validateEntrySizes: true });
    return await openChecked(buffer, zip);
  } catch (error) {
    return unsound(error);
  }
}
