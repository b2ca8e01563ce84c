import { ENTRY_BYTES_MAX } from '../src/tile-bytes.js';
import { encodeEntry, type OpenEntry } from '../src/index.js';

const UUID = '0198a000-0000-7000-8000-000000000001';

/** Bytes of an entry with this data, and everything around it as long as it may be. */
export function longestEntryBytes(type: string, data: object): number {
  const entry: OpenEntry = {
    v: 1,
    type,
    at: '2026-12-14T08:00:00.000Z',
    producer: type.split('.')[0]!,
    seq: Number.MAX_SAFE_INTEGER,
    region: '630100',
    tender: UUID,
    actor: UUID,
    clockFactor: 1_000_000,
    data: data as OpenEntry['data'],
  };
  return encodeEntry(entry).length;
}

/** How much of a ledger entry it takes; it fits up to 1. */
export const entryShare = (type: string, data: object): number =>
  longestEntryBytes(type, data) / ENTRY_BYTES_MAX;
