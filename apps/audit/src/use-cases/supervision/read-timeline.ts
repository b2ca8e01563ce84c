import { DomainError, toBase64 } from '#kernel';
import { type getTimeline, LIMITS, type RequestOf, type ResponseOf, type RegionScope } from '#contracts';
import { type ReadFile, TileReader } from '#ledger';
import { nodeSha256 } from '#ledger/node';
import { isInScope } from '../../domain/supervision/region-scope.js';
import { readLedgerFile } from '../ledger-files.js';
import { requireHead } from '../read-ledger.js';
import { checkpointFor } from '../witnesses/read-witnesses.js';
import { catchUp } from './follow-ledger.js';
import { namesOf } from './names.js';
import { counted, pageOf, subjectsOfRow, supervised } from './read-entries.js';
import type { SupervisionPorts } from './supervision-ports.js';

/** Tiles that the proofs of one page share are read once. */
function remembered(read: ReadFile): ReadFile {
  const known = new Map<string, ReturnType<ReadFile>>();
  return (path) => {
    const found = known.get(path) ?? read(path);
    known.set(path, found);
    return found;
  };
}

/**
 * A tender's life as the ledger holds it, with the proof of each entry to one checkpoint: the newest that witnesses
 * cosigned where it covers the page, else the head. Throws `tender.unknown` and `entry.unknown`.
 */
export async function timeline(
  ports: SupervisionPorts,
  scope: RegionScope,
  { tenderId, after, limit }: RequestOf<typeof getTimeline>,
): Promise<ResponseOf<typeof getTimeline>> {
  const { search, ledger } = ports;
  await catchUp(search);
  const [tender] = await search.tenders([tenderId]);
  if (!tender || !isInScope(tender.region, scope))
    throw new DomainError('tender.unknown', 'The ledger holds nothing about such a tender.');
  const wanted = { tenderId, scope };
  const rows = await search.find(wanted, after === undefined ? -1 : parseInt(after, 10), limit);
  const { shown, next } = pageOf(rows, limit);
  const last = shown.at(-1)?.index ?? 0;
  const { size, checkpoint } = await checkpointFor(last, await requireHead(ledger), ledger.witnessing);
  const reader = new TileReader(remembered(readLedgerFile(ledger.store)), size, nodeSha256);
  const items = [];
  for (const row of shown) {
    const proof = await reader.inclusionProof(row.index);
    items.push({
      ...supervised(row),
      leafSha256: row.leafSha256,
      proof: proof.map((hash) => toBase64(hash)),
    });
  }
  return {
    tender: { tenderId, title: tender.title, regionCode: tender.region },
    checkpoint,
    items,
    next,
    count: counted(await search.count(wanted, LIMITS.countedMax + 1)),
    sealed: await search.countSealed(),
    names: await namesOf(ports, shown.flatMap(subjectsOfRow)),
  };
}
