import { fromUtf8 } from '#kernel';
import { getWitnessedCheckpoint, getWitnessPolicy } from '#contracts';
import { openCheckpoint, type OpenedCheckpoint, openWitnessed, verifierFromKey, verifiersFor } from '#ledger';
import type { TenderDescriptor } from '#sealing';
import type { Requests } from '#service';
import type { ObjectStore } from '#storage';

export interface LedgerAccess {
  readonly store: ObjectStore;
  readonly requests: Requests;
}

/** SHA-256 of the witness policy that a tender was published under; undefined where it asks for no witnesses. */
export function witnessPolicyOf({ rules }: TenderDescriptor): string | undefined {
  const named = rules['witnessPolicySha256'];
  return named === undefined ? undefined : String(named);
}

/**
 * The ledger's checkpoint that an opening of this tender may rest on. Where the descriptor names a witness policy it
 * carries that policy's quorum: what audit says of policy and checkpoint is proved by hash and signatures. Throws
 * `ledger.witness-quorum-missing`, which is to be tried again; `ledger.not-witnessed`, `ledger.witness-policy-unknown`
 * and `ledger.witness-policy-mismatch` where audit was set otherwise than the tender says; codes of `openCheckpoint`.
 */
export async function openLedgerCheckpoint(
  { store, requests }: LedgerAccess,
  descriptor: TenderDescriptor,
): Promise<OpenedCheckpoint> {
  const logVerifiers = [verifierFromKey(descriptor.ledgerKey)];
  const sha256 = witnessPolicyOf(descriptor);
  if (sha256 === undefined) {
    const readFile = (path: string): Promise<Uint8Array> => store.read(`ledger/${path}`);
    const note = fromUtf8(await readFile('checkpoint'));
    // The ledger's key may have changed since the tender was published; then its entries lead to the present one.
    return openCheckpoint(note, await verifiersFor(readFile, [note], logVerifiers));
  }
  const { policy: text } = await requests.ask(getWitnessPolicy, { policySha256: sha256 });
  const { checkpoint } = await requests.ask(getWitnessedCheckpoint, {});
  return openWitnessed(checkpoint, { text, sha256, logVerifiers });
}
