import type { Instant } from '#kernel';
import type { EntryAt } from '../../domain/act-differences.js';
import type { SequencedAct } from '../../domain/sequence.js';

/** A producer whose acts wait for an earlier one. */
export interface Gap {
  readonly producer: string;
  /** First and last number that is missing. */
  readonly from: number;
  readonly to: number;
  readonly since: Instant;
  /** By the database's real time. */
  readonly lastsMs: number;
}

/** An entry's row as it stands in the table, its text in canonical form. */
export type EntryRow = SequencedAct;

/** A comparison of everything. */
export interface Run {
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly rows: number;
  readonly entries: number;
  readonly differences: number;
}

export interface Alarm {
  readonly rule: string;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** What completeness is judged by, beside the ledger's own steps. */
export abstract class ComparedRows {
  /** The last number of each producer that has its place. */
  abstract lastNumbers(): Promise<ReadonlyMap<string, number>>;
  /** Gaps as they are, and since when they have been so. */
  abstract gaps(): Promise<readonly Gap[]>;
  /** Open entries of a producer under numbers `from` … `to`, at most `limit`. */
  abstract openEntries(range: {
    readonly producer: string;
    readonly from: number;
    readonly to: number;
    readonly limit: number;
  }): Promise<readonly EntryAt[]>;
  abstract sealedEntries(sealed: readonly string[]): Promise<readonly EntryAt[]>;
  /** Rows of entries `from` … `to` − 1. */
  abstract rowsAt(from: number, to: number): Promise<readonly EntryRow[]>;
  /** Indices behind the sequence's end, at most `limit`: the ledger gave none of them. */
  abstract rowsBeyond(limit: number): Promise<readonly number[]>;
  /** Real time of the database: comparisons are no part of a tender's time. */
  abstract realNow(): Promise<Instant>;
  abstract keepRun(run: Run): Promise<void>;
  abstract lastRun(): Promise<Run | null>;
  /** Tells an alarm, once for each `key` however often it is asked for. */
  abstract raise(key: string, alarm: Alarm): Promise<void>;
}
