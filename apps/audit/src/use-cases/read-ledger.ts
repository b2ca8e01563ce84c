import { DomainError, jcs } from '#kernel';
import type { getLedgerIdentity, proveEntry, RequestOf, ResponseOf } from '#contracts';
import { formatProofFile, TileReader } from '#ledger';
import { nodeSha256 } from '#ledger/node';
import type { AuditPorts } from './audit-ports.js';
import { readLedgerFile } from './ledger-files.js';
import { signerAt } from './ledger-keys.js';
import type { LedgerHead } from './ledger.port.js';
import { checkpointFor, witnessingState } from './witnesses/read-witnesses.js';

export async function requireHead({ rows }: AuditPorts): Promise<LedgerHead> {
  const head = await rows.head();
  if (!head)
    throw new DomainError('entry.unknown', 'The ledger has no checkpoint yet; try again in a second.');
  return head;
}

export async function identity(ports: AuditPorts): Promise<ResponseOf<typeof getLedgerIdentity>> {
  const { size, root } = await requireHead(ports);
  const { name, verifier } = await signerAt(ports, size);
  const witnesses = await witnessingState(ports.witnessing);
  return { origin: name, verifierKey: verifier.verifierKey, size, root, witnesses };
}

/** Proof against the newest checkpoint with its quorum that covers the entry, else the current, as one file that verifies offline. */
export async function prove(
  ports: AuditPorts,
  { leafSha256 }: RequestOf<typeof proveEntry>,
): Promise<ResponseOf<typeof proveEntry>> {
  const found = await ports.rows.findByLeaf(leafSha256);
  if (!found)
    throw new DomainError('entry.unknown', 'This entry is not in the ledger, or not yet; try again.');
  const { index, entry } = found;
  const { size, checkpoint } = await checkpointFor(index, await requireHead(ports), ports.witnessing);
  const reader = new TileReader(readLedgerFile(ports.store), size, nodeSha256);
  const proof = await reader.inclusionProof(index);
  return { index, entry: jcs(entry), proof: formatProofFile({ index, proof, checkpoint }) };
}
