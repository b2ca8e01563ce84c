import {
  type NoteVerifier,
  parseWitnessPolicy,
  verifiersWith,
  type VerifiedLog,
  verifierFromKey,
} from '#ledger';
import { nodeSha256 } from '#ledger/node';
import { asFault, type GivenReceipt, type LedgerReport, verifyLedger } from '#verify';
import { readGivenReceipts } from './given-receipts.js';
import { readKept } from './kept-folder.js';
import type { LogSource } from './log-source.js';
import { newestCheckpoint, readKey } from './newest-checkpoint.js';

export interface LedgerPlace {
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

/** Reads what lies in folders and at the address, and verifies the ledger: see `verifyLedger`, whose faults it throws. */
export async function verifyLedgerAt(
  question: LedgerPlace,
): Promise<{ readonly report: LedgerReport; readonly log: VerifiedLog }> {
  const { source, enteredWithinMs } = question;
  const key = question.ledgerKey ?? (await readKey(source));
  const logVerifiers = [await asFault('log.vkey', () => verifierFromKey(key))];
  const policy = question.policyText === undefined ? undefined : parseWitnessPolicy(question.policyText);
  const verifiers = policy ? verifiersWith(policy, logVerifiers) : logVerifiers;
  // Before the newest is read: what is kept meanwhile may be newer.
  const kept = (await Promise.all(question.keptFolders.map(readKept))).flat();
  const note = await newestCheckpoint(source, { policy, verifiers, waitMs: question.waitForQuorumMs });
  return verifyLedger({
    place: source.place,
    readFile: source.readFile,
    ledgerKey: { key, isGiven: question.ledgerKey !== undefined },
    note,
    policy,
    kept,
    receipts: await readReceipts(question, logVerifiers, key),
    enteredWithinMs,
    sha256: nodeSha256,
  });
}

async function readReceipts(
  { receiptsFolder, authorityPem }: LedgerPlace,
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
