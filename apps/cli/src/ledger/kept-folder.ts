import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCheckpoint, parseNote } from '#ledger';
import type { KeptCheckpoint } from '#verify';

const SUFFIX = '.checkpoint';
/** `<size>-<unix ms>-<beginning of its SHA-256>`: sorts by size, and no two checkpoints have one name. */
const NAME = /^\d{16}-(\d{1,15})-[0-9a-f]{16}\.checkpoint$/;

/**
 * Every checkpoint of the folder: those that {@link keepCheckpoint} wrote, and any other `*.checkpoint` that was put
 * there, as from another who watches the same ledger. None where the folder is not there yet.
 */
export async function readKept(folder: string): Promise<KeptCheckpoint[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found = names.filter((name) => name.endsWith(SUFFIX)).sort();
  return Promise.all(
    found.map(async (name) => {
      const at = NAME.exec(name)?.[1];
      const file = join(folder, name);
      return {
        file,
        note: await readFile(file, 'utf8'),
        seenAtMs: at === undefined ? undefined : parseInt(at, 10),
      };
    }),
  );
}

/** Keeps a checkpoint, durably; the same one once, with the time at which it was seen first. */
export async function keepCheckpoint(folder: string, note: string, seenAtMs: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const size = String(parseCheckpoint(parseNote(note).text).size).padStart(16, '0');
  const hash = createHash('sha256').update(note).digest('hex').slice(0, 16);
  const isKept = (await readdir(folder)).some(
    (name) => name.startsWith(`${size}-`) && name.endsWith(`-${hash}${SUFFIX}`),
  );
  if (!isKept) await writeDurably(folder, `${size}-${seenAtMs}-${hash}${SUFFIX}`, note);
}

/** Keeps a checkpoint that the ledger did not sign, apart: it says nothing of the ledger, but somebody served it. */
export async function keepEvidence(folder: string, note: string, seenAtMs: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const hash = createHash('sha256').update(note).digest('hex').slice(0, 16);
  await writeDurably(folder, `unsigned-${seenAtMs}-${hash}.note`, note);
}

/** A file that is there whole or not at all, also after a power cut. */
async function writeDurably(folder: string, name: string, text: string): Promise<void> {
  const temporary = join(folder, `.${name}.${process.pid}`);
  const file = await open(temporary, 'w', 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, join(folder, name));
  const names = await open(folder, 'r');
  try {
    await names.sync();
  } finally {
    await names.close();
  }
}
