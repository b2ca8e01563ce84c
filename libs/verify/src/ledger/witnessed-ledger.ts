import { isDomainError } from '#kernel';
import {
  openWitnessed,
  parseWitnessPolicy,
  type VerifiedEntry,
  verifierFromKey,
  verifiersWith,
  verifyLog,
} from '#ledger';
import type { TenderDescriptor } from '#sealing';
import type { PlatformReader } from '../platform-reader.js';
import { readLedger } from './read-ledger.js';

/** SHA-256 of the witness policy that a tender was published under; undefined where it asks for no witnesses. */
export function witnessPolicyOf({ rules }: TenderDescriptor): string | undefined {
  const named = rules['witnessPolicySha256'];
  return named === undefined ? undefined : String(named);
}

/**
 * The ledger's entries, verified; where the tender names witnesses those alone that stand under a checkpoint which
 * their quorum cosigned, and which the ledger continues. What the platform says of policy and checkpoint is believed
 * only as far as hash and signatures prove it. Throws `ledger.witness-quorum-missing`, which may pass, and codes of
 * `openWitnessed` and `verifyLog`.
 */
async function readWitnessedEntries(
  reader: PlatformReader,
  descriptor: TenderDescriptor,
): Promise<readonly VerifiedEntry[]> {
  const sha256 = witnessPolicyOf(descriptor);
  if (sha256 === undefined) return (await readLedger(reader, descriptor.ledgerKey)).entries;
  const logVerifiers = [verifierFromKey(descriptor.ledgerKey)];
  const { policy: text } = await reader.query('getWitnessPolicy', { policySha256: sha256 });
  const { checkpoint } = await reader.query('getWitnessedCheckpoint', {});
  const { size } = openWitnessed(checkpoint, { text, sha256, logVerifiers });
  const { entries } = await verifyLog({
    readFile: (path) => reader.readLedgerFile(path),
    verifiers: verifiersWith(parseWitnessPolicy(text), logVerifiers),
    keptCheckpoints: [checkpoint],
    ...(reader.sha256 ? { sha256: reader.sha256 } : {}),
  });
  return entries.slice(0, size);
}

/** As {@link readWitnessedEntries}; none while the quorum of the tender's witnesses is missing: then it is looked for again. */
export async function readEntriesSoFar(
  reader: PlatformReader,
  descriptor: TenderDescriptor,
): Promise<readonly VerifiedEntry[]> {
  try {
    return await readWitnessedEntries(reader, descriptor);
  } catch (error) {
    if (isDomainError(error) && error.code === 'ledger.witness-quorum-missing') return [];
    throw error;
  }
}
