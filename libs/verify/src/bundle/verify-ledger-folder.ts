import {
  checkCompleteness,
  type CheckedReveal,
  collectReveals,
  findConflictingActs,
  findUnprovedNumbers,
  type IndexedEntry,
  isSealedEntry,
  type OpenEntry,
  verifierFromKey,
  verifyLog,
} from '#ledger';
import { fromUtf8, toHex } from '#kernel';
import { tenderDigest, type TenderDescriptor } from '#sealing';
import { type EnteredClose, readEnteredClose } from '../opening/entered-close.js';
import type { BundleCheck } from './bundle-check.js';
import { BundleFault, inFile } from './bundle-fault.js';
import type { BundleFolder } from './bundle-folder.js';
import type { BundleTender } from './bundle-tender.js';
import { readWitnesses, verifyWitnesses } from './verify-witnesses.js';

export interface VerifiedLedgerFolder {
  readonly verifierKey: string;
  readonly tenderId: string;
  /** Open entries of this tender, in order. */
  readonly entries: readonly OpenEntry[];
  /** Every commitment that the ledger itself shows to be opened. */
  readonly reveals: readonly CheckedReveal[];
  /** The close record with the list that it names; undefined where bids never closed. */
  readonly entered: EnteredClose | undefined;
  readonly check: BundleCheck;
}

/** Root, signature, tiles, reveals and completeness of the ledger; and that it is the ledger the tender names. */
export async function verifyLedgerFolder(
  folder: BundleFolder,
  tender: BundleTender,
): Promise<VerifiedLedgerFolder> {
  const descriptor = tender.descriptor as unknown as TenderDescriptor;
  await inFile('tender.json', () => {
    if (toHex(tenderDigest(descriptor)) !== tender.tid) {
      throw new BundleFault(
        'tender.json',
        'the descriptor does not have the digest that the tender is known by',
      );
    }
  });
  if (fromUtf8(await folder.read('ledger/log.vkey')) !== `${descriptor.ledgerKey}\n`) {
    throw new BundleFault('ledger/log.vkey', 'is another key than the tender names');
  }
  const witnesses = await readWitnesses(folder, descriptor);
  const log = await inFile('ledger/checkpoint', () =>
    verifyLog({
      readFile: (path) => folder.read(`ledger/${path}`),
      verifiers: witnesses?.verifiers ?? [verifierFromKey(descriptor.ledgerKey)],
      keptCheckpoints: witnesses?.notes ?? [],
      ...(folder.sha256 ? { sha256: folder.sha256 } : {}),
    }),
  );
  const { checkpoint, entries: all } = log;
  if (checkpoint.origin !== descriptor.ledgerOrigin) {
    throw new BundleFault('ledger/checkpoint', 'is of another ledger than the tender names');
  }
  const reveals = await inFile('ledger/checkpoint', () => collectReveals(all));
  requireComplete(all, reveals);
  const entries = all
    .map(({ entry }) => entry)
    .filter((entry): entry is OpenEntry => !isSealedEntry(entry))
    .filter(({ tender: id }) => id === tender.notice.tenderId);
  requirePublished(entries, tender);
  const entered = await inFile('ledger/checkpoint', () => readEnteredClose(entries, descriptor.envelopes));
  const { tenderId } = tender.notice;
  const seen = witnesses && verifyWitnesses(witnesses, log, reveals, { tenderId, descriptor });
  const line = `ledger of ${checkpoint.size} entries leads to its signed root; ${reveals.length} commitments opened`;
  const check: BundleCheck = {
    step: 'ledger',
    outcome: seen?.outcome ?? 'signed',
    facts: { entries: checkpoint.size, reveals: reveals.length, ...seen?.facts },
    line: seen ? `${line}; ${seen.line}` : line,
  };
  return { verifierKey: descriptor.ledgerKey, tenderId, entries, reveals, entered, check };
}

/** The one entry of a type; more than one of what happens once is a fault. */
export function onlyEntry(entries: readonly OpenEntry[], type: string): OpenEntry {
  const found = entries.filter((entry) => entry.type === type);
  if (found.length !== 1)
    throw new BundleFault('ledger/checkpoint', `${found.length} entries ${type} instead of one`);
  return found[0]!;
}

/** The close record, where bids did close. */
export function requireEntered(entered: EnteredClose | undefined): EnteredClose {
  if (!entered) throw new BundleFault('ledger/checkpoint', 'there is no close record of this tender');
  return entered;
}

function requireComplete(all: readonly IndexedEntry[], reveals: readonly CheckedReveal[]): void {
  const { provablyIncomplete, missing } = checkCompleteness(all, reveals);
  if (provablyIncomplete) {
    const [gap] = missing;
    throw new BundleFault(
      'ledger/checkpoint',
      `acts ${gap!.from} to ${gap!.to} of ${gap!.producer} are missing`,
    );
  }
  const [conflict] = findConflictingActs(all, reveals);
  if (conflict) {
    throw new BundleFault(
      'ledger/checkpoint',
      `two acts of ${conflict.producer} have the number ${conflict.seq}`,
    );
  }
  const [unproved] = findUnprovedNumbers(all, reveals);
  if (unproved) {
    const { index, revealedBy } = unproved;
    throw new BundleFault(
      'ledger/checkpoint',
      `entry ${revealedBy} shows the act of entry ${index} without its number`,
    );
  }
}

function requirePublished(entries: readonly OpenEntry[], tender: BundleTender): void {
  const { data } = onlyEntry(entries, 'tendering.tender-published');
  if (data['tid'] !== tender.tid) {
    throw new BundleFault('tender.json', 'differs from what the ledger says was published');
  }
}
