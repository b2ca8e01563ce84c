import { bytesEqual, type DomainError, toBase64 } from '#kernel';
import {
  leafHash,
  type NoteVerifier,
  openCheckpoint,
  parseWitnessPolicy,
  type ReadFile,
  verifiersWith,
  type VerifiedLog,
  verifierFromKey,
  verifyLog,
  type WitnessPolicy,
  witnessedAt,
} from '#ledger';
import { nodeSha256 as sha256 } from '#ledger/node';
import { findBackDated, type Sighting } from './back-dated.js';
import { type GivenReceipt, readGivenReceipts } from './given-receipts.js';
import { type KeptCheckpoint, readKept } from './kept-folder.js';
import { asFault, LedgerFault } from './ledger-fault.js';
import { newestCheckpoint, readKey } from './newest-checkpoint.js';
import { verifyActs } from './verify-acts.js';
import type { LogSource } from './log-source.js';

export interface LedgerQuestion {
  readonly source: LogSource;
  /** The ledger's key that is trusted; without it the ledger's own is believed, and the report says so. */
  readonly ledgerKey?: string;
  /** Text of a witness policy that the newest checkpoint must satisfy. */
  readonly policyText?: string;
  /** Folders of checkpoints that were ever seen. */
  readonly keptFolders: readonly string[];
  readonly receiptsFolder?: string;
  readonly authorityPem?: string;
  /** How long an act may be on its way before its entry counts as back-dated. */
  readonly enteredWithinMs: number;
  /** How long to look again for a checkpoint that the quorum has cosigned. */
  readonly waitForQuorumMs: number;
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
  /** Numbers that are missing and may be sealed acts. */
  readonly unproven: readonly { readonly producer: string; readonly from: number; readonly to: number }[];
  readonly checks: readonly string[];
  /** The newest checkpoint, for the folder of those that were seen. */
  readonly checkpoint: string;
}

/**
 * Verifies a ledger with nothing of the services that wrote it: root from the entries, every tile, signatures,
 * every kept checkpoint, every receipt, reveals, completeness of producers, times, and the quorum of witnesses. Throws
 * a LedgerFault that names the first file that is wrong; where the ledger cannot be reached it throws as `fetch` does.
 */
export async function verifyLedger(
  question: LedgerQuestion,
): Promise<{ readonly report: LedgerReport; readonly log: VerifiedLog }> {
  const { source } = question;
  const key = question.ledgerKey ?? (await readKey(source));
  const logVerifiers = [await asFault('log.vkey', () => verifierFromKey(key))];
  const policy = question.policyText === undefined ? undefined : parseWitnessPolicy(question.policyText);
  const verifiers = policy ? verifiersWith(policy, logVerifiers) : logVerifiers;
  // Before the newest is read: what is kept meanwhile may be newer.
  const kept = (await Promise.all(question.keptFolders.map(readKept))).flat();
  const note = await newestCheckpoint(source, { policy, verifiers, waitMs: question.waitForQuorumMs });
  const receipts = await readReceipts(question, logVerifiers, key);

  const log = await verifyFiles({ source, note, verifiers, kept, receipts });
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
      `entry ${index} says ${at}, but was not there at ${isoOf(sighting.atMs)} by ${sighting.by}`,
      'entry.back-dated',
      { index, at },
    );
  }
  const at = policy ? (witnessedAt(policy, checkpoint) ?? null) : null;
  const { origin, size, root } = checkpoint;
  const report: LedgerReport = {
    place: source.place,
    origin,
    size,
    root: toBase64(root),
    ledgerKey: { key, isGiven: question.ledgerKey !== undefined },
    witnessedAt: at,
    keptCheckpoints: kept.length,
    receipts: receipts.length,
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
      ...(at === null ? [] : [`a quorum of the witnesses cosigned it at ${isoOf(at * 1000)}`]),
    ],
    checkpoint: note,
  };
  return { report, log };
}

const isoOf = (ms: number): string => new Date(ms).toISOString();
const countOf = (gaps: readonly { from: number; to: number }[]): number =>
  gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);

async function readReceipts(
  { receiptsFolder, authorityPem }: LedgerQuestion,
  verifiers: readonly NoteVerifier[],
  ledgerKey: string,
): Promise<GivenReceipt[]> {
  if (receiptsFolder === undefined) return [];
  const anchors = {
    verifiers,
    ledgerKeys: [ledgerKey],
    ...(authorityPem === undefined ? {} : { authorityPem }),
  };
  return readGivenReceipts(receiptsFolder, anchors);
}

/** `note` is the checkpoint that was read: the files are read against it, however far the ledger has gone since. */
function verifyFiles({
  source,
  note,
  verifiers,
  kept,
  receipts,
}: {
  readonly source: LogSource;
  readonly note: string;
  readonly verifiers: readonly NoteVerifier[];
  readonly kept: readonly KeptCheckpoint[];
  readonly receipts: readonly GivenReceipt[];
}): Promise<VerifiedLog> {
  const earlier = [
    ...kept.map((one) => [one.file, one.note]),
    ...receipts.map((one) => [one.file, one.checkpoint]),
  ];
  const bytes = new TextEncoder().encode(note);
  const readFile: ReadFile = async (path) => (path === 'checkpoint' ? bytes : source.readFile(path));
  const fileOf = ({ details }: DomainError): string | undefined => {
    const number = details['keptCheckpoint'];
    if (typeof number === 'number') return earlier[number]![0];
    return typeof details['path'] === 'string' ? details['path'] : undefined;
  };
  const keptCheckpoints = earlier.map(([, text]) => text!);
  return asFault('checkpoint', () => verifyLog({ readFile, verifiers, keptCheckpoints, sha256 }), fileOf);
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
