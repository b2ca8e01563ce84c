import { getWitnessedCheckpoint, getWitnessPolicy } from '#contracts';
import {
  openWitnessed,
  parseWitnessPolicy,
  type VerifiedEntry,
  verifierFromKey,
  verifiersWith,
  verifyLog,
} from '#ledger';
import { nodeSha256 } from '#ledger/node';
import type { TenderDescriptor } from '#sealing';
import type { ApiClient } from './api-client.js';
import { readLedger } from './ledger-view.js';

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
export async function readWitnessedEntries(
  api: ApiClient,
  descriptor: TenderDescriptor,
): Promise<readonly VerifiedEntry[]> {
  const sha256 = witnessPolicyOf(descriptor);
  if (sha256 === undefined) return (await readLedger(api, descriptor.ledgerKey)).entries;
  const logVerifiers = [verifierFromKey(descriptor.ledgerKey)];
  const { policy: text } = await api.call(getWitnessPolicy, { policySha256: sha256 });
  const { checkpoint } = await api.call(getWitnessedCheckpoint, {});
  const { size } = openWitnessed(checkpoint, { text, sha256, logVerifiers });
  const { entries } = await verifyLog({
    readFile: (path) => api.get(`/ledger/${path}`),
    verifiers: verifiersWith(parseWitnessPolicy(text), logVerifiers),
    keptCheckpoints: [checkpoint],
    sha256: nodeSha256,
  });
  return entries.slice(0, size);
}
