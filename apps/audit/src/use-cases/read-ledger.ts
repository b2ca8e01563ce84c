import { DomainError, jcs } from '#kernel';
import type { getLedgerIdentity, listEntries, proveEntry, RequestOf, ResponseOf } from '#contracts';
import { formatProofFile, TileReader } from '#ledger';
import type { AuditPorts } from './audit-ports.js';

interface HeadRow {
  readonly size: string;
  readonly root: string;
  readonly checkpoint: string;
}

async function readHead({ database }: AuditPorts): Promise<HeadRow> {
  const [row] = await database.dataSource.query<HeadRow[]>('SELECT size, root, checkpoint FROM ledger_head');
  if (!row)
    throw new DomainError('entry.unknown', 'The ledger has no checkpoint yet; try again in a second.');
  return row;
}

export async function identity(ports: AuditPorts): Promise<ResponseOf<typeof getLedgerIdentity>> {
  const { size, root } = await readHead(ports);
  const { name, verifier } = ports.signer;
  return { origin: name, verifierKey: verifier.verifierKey, size: Number(size), root };
}

/** Proof against the current checkpoint, as one file that verifies offline. */
export async function prove(
  ports: AuditPorts,
  { leafSha256 }: RequestOf<typeof proveEntry>,
): Promise<ResponseOf<typeof proveEntry>> {
  const [found] = await ports.database.dataSource.query<{ index: string; entry: unknown }[]>(
    'SELECT index, entry FROM ledger_entry WHERE leaf_sha256 = $1 ORDER BY index LIMIT 1',
    [leafSha256],
  );
  if (!found)
    throw new DomainError('entry.unknown', 'This entry is not in the ledger, or not yet; try again.');
  const { size, checkpoint } = await readHead(ports);
  const index = Number(found.index);
  const readFile = (path: string): Promise<Uint8Array> => ports.store.read(`ledger/${path}`);
  const proof = await new TileReader(readFile, Number(size)).inclusionProof(index);
  return { index, entry: jcs(found.entry), proof: formatProofFile({ index, proof, checkpoint }) };
}

export async function list(
  { database }: AuditPorts,
  { tenderId, after, limit }: RequestOf<typeof listEntries>,
): Promise<ResponseOf<typeof listEntries>> {
  const rows = await database.dataSource.query<
    {
      index: string;
      type: string | null;
      at: string | null;
      tender_id: string | null;
      entry: Record<string, unknown>;
    }[]
  >(
    `SELECT index, type, at, tender_id, entry FROM ledger_entry
     WHERE index > $1 AND ($2::uuid IS NULL OR tender_id = $2) ORDER BY index LIMIT $3`,
    [/^\d{1,15}$/.test(after ?? '') ? after : -1, tenderId ?? null, limit],
  );
  const items = rows.map(({ index, type, at, tender_id, entry }) => ({
    index: Number(index),
    type,
    at,
    tenderId: tender_id,
    entry,
  }));
  return { items, next: items.length === limit ? String(items.at(-1)!.index) : null };
}
