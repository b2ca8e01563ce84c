import { bytesEqual, type DomainError, instantFromMs, toBase64, utf8 } from '#kernel';
import {
  leafHash,
  type NoteVerifier,
  openCheckpoint,
  type ReadFile,
  type Sha256,
  verifiersWith,
  type VerifiedLog,
  verifierFromKey,
  verifyLog,
  type WitnessPolicy,
  witnessedAt,
} from '#ledger';
import { findBackDated, type Sighting } from './back-dated.js';
import { asFault, LedgerFault } from './ledger-fault.js';
import { verifyActs } from './verify-acts.js';

/** A checkpoint that was seen once. */
export interface KeptCheckpoint {
  readonly file: string;
  readonly note: string;
  /** Unix milliseconds at which its keeper saw it; undefined for a file that came from elsewhere. */
  readonly seenAtMs: number | undefined;
}

/** What a receipt says of the ledger, proved by itself. */
export interface GivenReceipt {
  readonly file: string;
  readonly index: number;
  readonly entry: Uint8Array;
  /** Signed checkpoint that its proof leads to: one more that the ledger must continue. */
  readonly checkpoint: string;
}

export interface LedgerQuestion {
  /** Where it lies, for people. */
  readonly place: string;
  readonly readFile: ReadFile;
  /** The ledger's key; one that is not given is the ledger's own, and the report says so. */
  readonly ledgerKey: { readonly key: string; readonly isGiven: boolean };
  /** The checkpoint that was read: the files are read against it, however far the ledger has gone since. */
  readonly note: string;
  /** Witnesses whose quorum the checkpoint carries. */
  readonly policy?: WitnessPolicy | undefined;
  readonly kept?: readonly KeptCheckpoint[];
  readonly receipts?: readonly GivenReceipt[];
  /** How long an act may be on its way before its entry counts as back-dated. */
  readonly enteredWithinMs: number;
  readonly sha256?: Sha256;
}

export interface LedgerReport {
  readonly place: string;
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly ledgerKey: { readonly key: string; readonly isGiven: boolean };
  /** Unix seconds; null where no policy was given. */
  readonly witnessedAt: number | null;
  readonly keptCheckpoints: number;
  readonly receipts: number;
  /** Commitments that the ledger itself opened. */
  readonly revealed: number;
  /** Numbers that are missing and may be sealed acts. */
  readonly unproven: readonly { readonly producer: string; readonly from: number; readonly to: number }[];
  readonly checks: readonly string[];
  /** The newest checkpoint, for the folder of those that were seen. */
  readonly checkpoint: string;
}

/**
 * Verifies a ledger against its checkpoint with nothing of the services that wrote it: root from the entries, every tile, signatures,
 * every kept checkpoint, every receipt, reveals, completeness of producers, times, and the quorum of witnesses. Throws
 * a LedgerFault that names the first file that is wrong; where one cannot be reached it throws as `readFile` does.
 */
export async function verifyLedger(
  question: LedgerQuestion,
): Promise<{ readonly report: LedgerReport; readonly log: VerifiedLog }> {
  const { place, ledgerKey, note, policy, kept = [], receipts = [], sha256 } = question;
  const logVerifiers = [await asFault('log.vkey', () => verifierFromKey(ledgerKey.key))];
  const verifiers = policy ? verifiersWith(policy, logVerifiers) : logVerifiers;
  const log = await verifyFiles({ ...question, verifiers, kept, receipts });
  const { checkpoint, entries } = log;
  for (const { file, index, entry } of receipts) {
    if (!bytesEqual(entries[index]!.leafHash, leafHash(entry, sha256))) {
      throw new LedgerFault(file, `the ledger holds another entry ${index}`, 'proof.invalid');
    }
  }
  const { revealed, unproven } = await verifyActs(log);
  const sightings = sightingsOf(kept, verifiers, policy);
  const backDated = findBackDated(entries, sightings, question.enteredWithinMs);
  if (backDated) {
    const { index, at, sighting } = backDated;
    throw new LedgerFault(
      'checkpoint',
      `entry ${index} says ${at}, but was not there at ${instantFromMs(sighting.atMs)} by ${sighting.by}`,
      'entry.back-dated',
      { index, at },
    );
  }
  const at = policy ? (witnessedAt(policy, checkpoint) ?? null) : null;
  const { origin, size, root } = checkpoint;
  const report: LedgerReport = {
    place,
    origin,
    size,
    root: toBase64(root),
    ledgerKey,
    witnessedAt: at,
    keptCheckpoints: kept.length,
    receipts: receipts.length,
    revealed,
    unproven,
    checks: [
      `${size} entries and every tile lead to the root that ${origin} signed`,
      `${revealed} commitments were opened, each to what was committed`,
      unproven.length === 0
        ? 'the numbers of every producer run without a gap'
        : `${countOf(unproven)} numbers are missing, no more than commitments that are still sealed`,
      ...(kept.length > 0 ? [`it continues each of ${kept.length} checkpoints that were seen before`] : []),
      ...(receipts.length > 0 ? [`each of ${receipts.length} receipts is proved, and in it`] : []),
      ...(sightings.length > 0 ? ['no entry is back-dated to before it could be seen'] : []),
      ...(at === null ? [] : [`a quorum of the witnesses cosigned it at ${instantFromMs(at * 1000)}`]),
    ],
    checkpoint: note,
  };
  return { report, log };
}

const countOf = (gaps: readonly { from: number; to: number }[]): number =>
  gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);

function verifyFiles({
  readFile: readAny,
  note,
  verifiers,
  kept,
  receipts,
  sha256,
}: LedgerQuestion & {
  readonly verifiers: readonly NoteVerifier[];
  readonly kept: readonly KeptCheckpoint[];
  readonly receipts: readonly GivenReceipt[];
}): Promise<VerifiedLog> {
  const earlier = [
    ...kept.map((one) => [one.file, one.note]),
    ...receipts.map((one) => [one.file, one.checkpoint]),
  ];
  const bytes = utf8(note);
  const readFile: ReadFile = async (path) => (path === 'checkpoint' ? bytes : readAny(path));
  const fileOf = ({ details }: DomainError): string | undefined => {
    const number = details['keptCheckpoint'];
    if (typeof number === 'number') return earlier[number]![0];
    return typeof details['path'] === 'string' ? details['path'] : undefined;
  };
  const keptCheckpoints = earlier.map(([, text]) => text!);
  const log = { readFile, verifiers, keptCheckpoints, ...(sha256 ? { sha256 } : {}) };
  return asFault('checkpoint', () => verifyLog(log), fileOf);
}

/** By witnesses where they cosigned, and by the own clock of whoever kept the checkpoint. */
function sightingsOf(
  kept: readonly KeptCheckpoint[],
  verifiers: readonly NoteVerifier[],
  policy: WitnessPolicy | undefined,
): Sighting[] {
  return kept.flatMap(({ note, seenAtMs }) => {
    const opened = openCheckpoint(note, verifiers);
    const { size } = opened;
    const at = policy ? witnessedAt(policy, opened) : undefined;
    return [
      ...(seenAtMs === undefined ? [] : [{ size, atMs: seenAtMs, by: 'the clock of who kept a checkpoint' }]),
      ...(at === undefined ? [] : [{ size, atMs: at * 1000, by: 'the clocks of witnesses' }]),
    ];
  });
}
