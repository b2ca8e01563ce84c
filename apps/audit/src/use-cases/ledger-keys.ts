import { KeyHistory, rotationData, rotationText } from '#ledger';
import type { AuditPorts } from './audit-ports.js';
import type { LedgerSigner } from './signer.port.js';

/** The signer of the key that a checkpoint of this size is signed with. Throws where its key is not configured. */
export async function signerAt(
  { rows, signer, nextSigner }: AuditPorts,
  size: number,
): Promise<LedgerSigner> {
  const { verifierKey } = KeyHistory.follow(signer.verifier, await rows.keyChanges(size)).at(size);
  const found = [signer, nextSigner].find((candidate) => candidate?.verifier.verifierKey === verifierKey);
  if (!found) throw new Error(`the ledger signs with ${verifierKey} now, and this key is not configured`);
  return found;
}

/**
 * Where another key is to follow: tells so in the ledger, by an act that both keys sign. Checkpoints that hold its entry
 * are signed by the new key, earlier ones by the old. Done once, however often it is called.
 */
export async function announceNextKey({ rows, signer, nextSigner }: AuditPorts): Promise<void> {
  if (!nextSigner) return;
  const [from, to] = [signer.verifier.verifierKey, nextSigner.verifier.verifierKey];
  const text = rotationText(from, to);
  const signatures = await Promise.all([signer, nextSigner].map((one) => one.sign(text)));
  await rows.announceKey({ from, to, data: rotationData(from, to, signatures) });
}
