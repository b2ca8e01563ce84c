import { toHex } from '#kernel';
import {
  type CheckedReveal,
  collectReveals,
  decodeEntry,
  defaultSha256,
  type Entry,
  isSealedEntry,
  leafHash,
  openCheckpoint,
  type OpenedCheckpoint,
  type ReadFile,
  type Sha256,
  TileReader,
  verifierFromKey,
  verifyInclusion,
  verifyLog,
} from '#ledger';
import { asFault, LedgerFault } from './ledger-fault.js';

export interface EntryQuestion {
  readonly readFile: ReadFile;
  readonly ledgerKey: string;
  /** Counted from 0. */
  readonly index: number;
  /** What is to stand there: SHA-256 of the leaf in hex, or a sealed entry's commitment; undefined where that is asked. */
  readonly leafSha256?: string | undefined;
  /** A larger ledger is not read for where a sealed entry was opened. */
  readonly searchedEntriesMax: number;
  readonly sha256?: Sha256;
  readonly onStep?: (step: EntryStep) => void;
}

export const ENTRY_STEPS = ['checkpoint', 'inclusion', 'reveal'] as const;
export type EntryStep = (typeof ENTRY_STEPS)[number];

export interface ProvenEntry {
  readonly index: number;
  readonly size: number;
  readonly origin: string;
  readonly leafSha256: string;
  readonly entry: Entry;
  /** Where a sealed entry was opened; undefined for an open one, and while it stays sealed. */
  readonly reveal: CheckedReveal | undefined;
  /** False where the ledger is too large to be read for that. */
  readonly isSearched: boolean;
}

/**
 * Proves one entry from the ledger's own files: the checkpoint is signed with the key, the entry stands at its place
 * under it, and where it is a commitment that the ledger opened later, it was opened to what was committed. Throws a
 * LedgerFault; `entry.unknown` where the ledger does not reach so far.
 */
export async function verifyEntryAt(question: EntryQuestion): Promise<ProvenEntry> {
  const { readFile, index, leafSha256, sha256 = defaultSha256, onStep } = question;
  onStep?.('checkpoint');
  const note = await readFile('checkpoint');
  const verifiers = [await asFault('log.vkey', () => verifierFromKey(question.ledgerKey))];
  const checkpoint = await asFault('checkpoint', () =>
    openCheckpoint(new TextDecoder('utf-8', { fatal: true }).decode(note), verifiers),
  );
  const { size, origin } = checkpoint;
  if (index >= size) {
    throw new LedgerFault('checkpoint', `the ledger has ${size} entries, none at ${index}`, 'entry.unknown');
  }
  onStep?.('inclusion');
  const bytes = await proveAt(question, checkpoint, sha256);
  const hash = toHex(leafHash(bytes, sha256));
  const entry = await asFault('checkpoint', () => decodeEntry(bytes));
  const names = isSealedEntry(entry) ? [hash, entry.sealed] : [hash];
  if (leafSha256 !== undefined && !names.includes(leafSha256)) {
    throw new LedgerFault('checkpoint', `entry ${index} is another one, ${hash}`, 'proof.invalid');
  }
  onStep?.('reveal');
  const isSearched = !isSealedEntry(entry) || size <= question.searchedEntriesMax;
  const reveal = isSealedEntry(entry) && isSearched ? await findReveal(question, note) : undefined;
  return { index, size, origin, leafSha256: hash, entry, reveal, isSearched };
}

async function proveAt(
  { readFile, index }: EntryQuestion,
  { size, root }: OpenedCheckpoint,
  sha256: Sha256,
): Promise<Uint8Array> {
  const reader = new TileReader(readFile, size, sha256);
  const bytes = await asFault('checkpoint', () => reader.entry(index));
  await asFault('checkpoint', async () => {
    const proof = await reader.inclusionProof(index);
    verifyInclusion({ index, size, root, proof, leafHash: leafHash(bytes, sha256) }, sha256);
  });
  return bytes;
}

/** In the ledger as the checkpoint signs it, read whole. */
async function findReveal(
  { readFile, ledgerKey, index, sha256 }: EntryQuestion,
  note: Uint8Array,
): Promise<CheckedReveal | undefined> {
  const { entries } = await asFault('checkpoint', () =>
    verifyLog({
      readFile: async (path) => (path === 'checkpoint' ? note : readFile(path)),
      verifiers: [verifierFromKey(ledgerKey)],
      ...(sha256 ? { sha256 } : {}),
    }),
  );
  const reveals = await asFault('checkpoint', () => collectReveals(entries));
  return reveals.find((one) => one.index === index);
}
