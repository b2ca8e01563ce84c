import { fromUtf8, isDomainError, jcs, toHex } from '#kernel';
import { findCommitments, type LedgerDifference, SERVICES, type ServiceName } from '#contracts';
import {
  decodeEntry,
  decodeEntryBundle,
  isSealedEntry,
  leafHash,
  type OpenEntry,
  type SealedEntry,
  TILE_WIDTH,
  tilePath,
  tileWidth,
} from '#ledger';
import { nodeSha256 as sha256 } from '#ledger/node';
import { searchedBy } from '../../domain/sequence.js';
import { findLedgerFile } from '../ledger-files.js';
import type { ComparedPage } from './compare-acts.js';
import type { EntryRow } from './compared.port.js';
import type { CompletenessPorts } from './completeness-ports.js';

const nothing = { producer: null, seq: null, index: null, sealed: null };

/**
 * One published bundle of entries against the table's rows, and against the services: each commitment is of an act
 * that some service did and can still open. Behind the last bundle, that the table holds no row that has no place.
 */
export async function compareEntries(ports: CompletenessPorts, at: number): Promise<ComparedPage> {
  const { compared, ledger } = ports;
  const from = at - (at % TILE_WIDTH);
  const size = (await ledger.rows.head())?.size ?? 0;
  if (from >= size) {
    const beyond = await compared.rowsBeyond(TILE_WIDTH);
    const differences = beyond.map((index): LedgerDifference => ({ ...nothing, kind: 'row-differs', index }));
    return { rows: beyond.length, entries: 0, differences, nextFrom: null };
  }
  const published = await readBundle(ports, size, from / TILE_WIDTH);
  const rows = await compared.rowsAt(from, Math.min(from + TILE_WIDTH, size));
  const differences = [
    ...rowDifferences(published, rows, from),
    ...(await originDifferences(ports, published, from)),
  ];
  return { rows: rows.length, entries: published.length, differences, nextFrom: from + TILE_WIDTH };
}

/** None where the file is gone or is no bundle: then every row of it differs. */
async function readBundle({ ledger }: CompletenessPorts, size: number, index: number): Promise<Uint8Array[]> {
  const width = tileWidth(size, 'entries', index);
  const bytes = await findLedgerFile(ledger.store)(tilePath({ level: 'entries', index, width }));
  try {
    return bytes ? decodeEntryBundle(bytes, width) : [];
  } catch (error) {
    if (isDomainError(error)) return [];
    throw error;
  }
}

function rowDifferences(
  published: readonly Uint8Array[],
  rows: readonly EntryRow[],
  from: number,
): LedgerDifference[] {
  const byIndex = new Map(rows.map((row) => [row.index, row]));
  const width = Math.max(published.length, ...rows.map(({ index }) => index - from + 1), 0);
  return Array.from({ length: width }, (_, i) => i)
    .filter((i) => !isRowOf(published[i], byIndex.get(from + i)))
    .map((i): LedgerDifference => ({ ...nothing, kind: 'row-differs', index: from + i }));
}

/** Also in what the table is searched by: an entry that no search finds is as good as hidden. */
function isRowOf(bytes: Uint8Array | undefined, row: EntryRow | undefined): boolean {
  if (!bytes || !row) return false;
  const searched = { ...searchedBy(decodeEntry(bytes)), entry: fromUtf8(bytes) };
  const expected = { ...searched, index: row.index, leafSha256: toHex(leafHash(bytes, sha256)) };
  return jcs(expected) === jcs({ ...row });
}

async function originDifferences(
  { requests }: CompletenessPorts,
  published: readonly Uint8Array[],
  from: number,
): Promise<LedgerDifference[]> {
  const entries = published.map((bytes, i) => ({ index: from + i, entry: decodeEntry(bytes) }));
  const known: ReadonlySet<string> = new Set(SERVICES);
  const strangers = entries
    .filter((at): at is { index: number; entry: OpenEntry } => !isSealedEntry(at.entry))
    .filter(({ entry }) => !known.has(entry.producer))
    .map(({ index, entry: { producer, seq } }): LedgerDifference => ({
      ...nothing,
      kind: 'act-missing',
      producer,
      seq,
      index,
    }));
  const unowned = new Map(
    entries
      .filter((at): at is { index: number; entry: SealedEntry } => isSealedEntry(at.entry))
      .map(({ index, entry: { sealed } }) => [sealed, index]),
  );
  const openings: LedgerDifference[] = [];
  for (const producer of SERVICES) {
    if (unowned.size === 0) break;
    for (const { sealed, holding } of await findOwn(requests, producer, [...unowned.keys()])) {
      const index = unowned.get(sealed) ?? null;
      unowned.delete(sealed);
      if (holding === 'held') continue;
      const kind = holding === 'missing' ? 'opening-missing' : 'opening-differs';
      openings.push({ ...nothing, kind, producer, sealed, index });
    }
  }
  const lost = [...unowned].map(([sealed, index]): LedgerDifference => ({
    ...nothing,
    kind: 'act-missing',
    sealed,
    index,
  }));
  return [...strangers, ...openings, ...lost];
}

const findOwn = async (
  requests: CompletenessPorts['requests'],
  producer: ServiceName,
  sealed: readonly string[],
) => (await requests.ask(findCommitments(producer), { sealed: [...sealed] })).own;
