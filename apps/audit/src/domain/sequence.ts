import { fromUtf8, type Instant, toHex, type Uuid } from '#kernel';
import type { EventEnvelope } from '#contracts';
import { encodeEntry, type Entry, type Frontier, isSealedEntry, leafHash, type Sha256 } from '#ledger';
import { ledgerEntry, revealsLast, shuffled } from './ledger-entry.js';

/** An act at its place in the ledger, for ever. */
export interface SequencedAct {
  readonly index: number;
  /** Lower-case hex. */
  readonly leafSha256: string;
  readonly type: string | null;
  readonly at: Instant | null;
  readonly tenderId: Uuid | null;
  /** Of an open entry. */
  readonly producer: string | null;
  readonly seq: number | null;
  /** Commitment of a sealed one. */
  readonly sealed: string | null;
  /** The entry as it is hashed: canonical JSON. */
  readonly entry: string;
}

export interface SequencedBatch {
  readonly acts: readonly SequencedAct[];
  /** Of the ledger with the batch. */
  readonly frontier: Frontier;
}

export interface SequencingRules {
  readonly regionCode: string;
  readonly clockFactor: number;
  readonly randomBelow: (bound: number) => number;
  readonly sha256: Sha256;
}

/**
 * Gives every act of a batch its place behind the frontier, in random order but for reveals, which come last,
 * and its hash. Refuses with
 * `entry.too-large` and `entry.malformed` an act that no entry can hold.
 */
export function sequence(
  events: readonly EventEnvelope[],
  frontier: Frontier,
  { regionCode, clockFactor, randomBelow, sha256 }: SequencingRules,
): SequencedBatch {
  const hashes: Uint8Array[] = [];
  const acts = revealsLast(shuffled(events, randomBelow)).map((event, i): SequencedAct => {
    const entry = ledgerEntry(event, regionCode, clockFactor);
    const bytes = encodeEntry(entry);
    const hash = leafHash(bytes, sha256);
    hashes.push(hash);
    return {
      index: frontier.size + i,
      leafSha256: toHex(hash),
      ...searchedBy(entry),
      entry: fromUtf8(bytes),
    };
  });
  return { acts, frontier: frontier.appendAll(hashes, sha256) };
}

/** What an entry is found by. Whose a sealed one is, and which of its producer's, is kept nowhere here. */
export function searchedBy(
  entry: Entry,
): Pick<SequencedAct, 'type' | 'at' | 'tenderId' | 'producer' | 'seq' | 'sealed'> {
  if (isSealedEntry(entry)) {
    return { type: null, at: null, tenderId: null, producer: null, seq: null, sealed: entry.sealed };
  }
  const { type, at, tender, producer, seq } = entry;
  return { type, at, tenderId: tender, producer, seq, sealed: null };
}
