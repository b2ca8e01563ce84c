import type { Instant, Uuid } from '#kernel';
import type { EventEnvelope } from '#contracts';
import type { Entry } from '#ledger';

export interface LedgerHead {
  readonly size: number;
  /** Base64, as in the checkpoint. */
  readonly root: string;
  /** Signed. */
  readonly checkpoint: string;
}

export interface EnteredAct {
  readonly index: number;
  readonly leafSha256: string;
  readonly entry: Entry;
}

/** Everything inside one transaction of the one writer. */
export interface LedgerTransaction {
  /** How many times faster than real time the platform's clock runs. */
  clockFactor(): Promise<number>;
  /** The head, locked until the transaction ends; undefined before the first batch. */
  lockHead(): Promise<LedgerHead | undefined>;
  /** Acts that wait, in the order of each producer's numbers; at most one batch. */
  waiting(): Promise<EventEnvelope[]>;
  /** The last number of each producer that was entered. */
  producerHeads(): Promise<Map<string, number>>;
  /** Compare-and-swap: throws unless the head is still at `from`. */
  moveHead(from: number, head: LedgerHead): Promise<void>;
  addEntries(entries: readonly EnteredAct[]): Promise<void>;
  removeWaiting(events: readonly EventEnvelope[]): Promise<void>;
}

export interface FoundEntry extends EnteredAct {
  readonly type: string | null;
  readonly at: Instant | null;
  readonly tenderId: Uuid | null;
}

/** The rows beside the ledger's files: acts that wait, the head, and an index of entries. */
export abstract class LedgerRows {
  abstract transact<T>(work: (tx: LedgerTransaction) => Promise<T>): Promise<T>;
  /** Keeps an act until the next batch, once however often it comes. */
  abstract keepWaiting(event: EventEnvelope): Promise<void>;
  abstract head(): Promise<LedgerHead | undefined>;
  abstract findByLeaf(leafSha256: string): Promise<FoundEntry | undefined>;
  abstract list(filter: {
    readonly tenderId: Uuid | null;
    readonly afterIndex: number;
    readonly limit: number;
  }): Promise<FoundEntry[]>;
}
