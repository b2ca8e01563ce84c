import { DomainError, inParts, jcs } from '#kernel';
import type { getLedgerIdentity, listEntries, proveEntry, RequestOf, ResponseOf } from '#contracts';
import { formatProofFile, TileReader } from '#ledger';
import type { AuditPorts } from './audit-ports.js';
import type { LedgerHead } from './ledger.port.js';

/** Entries may have 64 KiB each; a page of them stays below a message. */
const PAGE_BYTES_MAX = 768 * 1024;

async function requireHead({ rows }: AuditPorts): Promise<LedgerHead> {
  const head = await rows.head();
  if (!head)
    throw new DomainError('entry.unknown', 'The ledger has no checkpoint yet; try again in a second.');
  return head;
}

export async function identity(ports: AuditPorts): Promise<ResponseOf<typeof getLedgerIdentity>> {
  const { size, root } = await requireHead(ports);
  const { name, verifier } = ports.signer;
  return { origin: name, verifierKey: verifier.verifierKey, size, root };
}

/** Proof against the current checkpoint, as one file that verifies offline. */
export async function prove(
  ports: AuditPorts,
  { leafSha256 }: RequestOf<typeof proveEntry>,
): Promise<ResponseOf<typeof proveEntry>> {
  const found = await ports.rows.findByLeaf(leafSha256);
  if (!found)
    throw new DomainError('entry.unknown', 'This entry is not in the ledger, or not yet; try again.');
  const { size, checkpoint } = await requireHead(ports);
  const { index, entry } = found;
  const reader = new TileReader((path) => ports.store.read(`ledger/${path}`), size);
  const proof = await reader.inclusionProof(index);
  return { index, entry: jcs(entry), proof: formatProofFile({ index, proof, checkpoint }) };
}

export async function list(
  { rows }: AuditPorts,
  { tenderId, after, limit }: RequestOf<typeof listEntries>,
): Promise<ResponseOf<typeof listEntries>> {
  const afterIndex = after === undefined ? -1 : parseInt(after, 10);
  const found = await rows.list({ tenderId: tenderId ?? null, afterIndex, limit });
  const items = found.map(({ index, type, at, tenderId: tender, entry }) => ({
    index,
    type,
    at,
    tenderId: tender,
    entry: { ...entry },
  }));
  const shown = inParts(items, { itemsMax: limit, bytesMax: PAGE_BYTES_MAX })[0]!;
  const isMore = shown.length < items.length || items.length === limit;
  return { items: shown, next: isMore ? String(shown.at(-1)!.index) : null };
}
