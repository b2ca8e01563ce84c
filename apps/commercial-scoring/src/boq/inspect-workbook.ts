import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { isDomainError } from '#kernel';
import { checkPartName, checkXmlPart, isXmlPart } from './forbidden-content.js';
import { refuseWorkbook } from './refuse-workbook.js';
import { WORKBOOK_LIMITS } from './workbook-limits.js';

/** The XML parts of a workbook that passed, by name; each array owns its buffer and may be transferred. */
export type WorkbookParts = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

const { bytesMax, entriesMax, inflatedBytesMax, ratioMax, ratioFromBytes } = WORKBOOK_LIMITS;
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

/** Bytes that serve two entries are how small files inflate without bound (and how readers come to differ). */
async function checkOverlaps(zip: ZipFile, entries: readonly Entry[]): Promise<void> {
  const byOffset = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const entry of byOffset) {
    if (entry.relativeOffsetOfLocalHeader < end)
      bomb('Parts of the workbook overlap.', { part: entry.fileName });
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    end = fileDataStart + entry.compressedSize;
  }
}

/** Inflates one entry; yauzl fails the stream as soon as it is longer than the size declared and checked. */
async function inflate(zip: ZipFile, entry: Entry): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(entry.uncompressedSize);
  let at = 0;
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    const part: Uint8Array = chunk;
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

async function readParts(zip: ZipFile): Promise<WorkbookParts> {
  const entries = await listEntries(zip);
  await checkOverlaps(zip, entries);
  const parts = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const entry of entries) {
    if (!isXmlPart(entry.fileName)) continue;
    const bytes = await inflate(zip, entry);
    checkXmlPart(entry.fileName, Buffer.from(bytes.buffer));
    parts.set(entry.fileName, bytes);
  }
  for (const name of REQUIRED)
    if (!parts.has(name))
      refuseWorkbook('workbook.malformed', `The workbook lacks its part ${name}.`, { part: name });
  return parts;
}

/**
 * Checks a workbook within the limits of {@link WORKBOOK_LIMITS} before any spreadsheet reader sees it, and
 * returns its XML parts. Readers are given these parts only, never the archive, so that it does not matter how
 * another reader of zip files would have understood it. Nothing but XML (pictures, printer settings) is inflated.
 *
 * Throws `workbook.too-large`, `workbook.bomb` (entries, size, ratio, overlap), `workbook.encrypted`,
 * `workbook.forbidden-content` (macros, external links, objects, DTD), `workbook.malformed`.
 */
export async function inspectWorkbook(bytes: Uint8Array): Promise<WorkbookParts> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkEnvelope(buffer);
  try {
    const zip = await yauzl.fromBufferPromise(buffer, { strictFileNames: true, validateEntrySizes: true });
    return await readParts(zip);
  } catch (error) {
    if (isDomainError(error)) throw error;
    return refuseWorkbook('workbook.malformed', 'The file is not a sound .xlsx workbook.', {
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}
