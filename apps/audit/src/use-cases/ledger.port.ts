import type { Instant, Uuid } from '#kernel';
import type { EventEnvelope } from '#contracts';
import type { Entry, Frontier, JsonObject } from '#ledger';
import type { SequencedBatch } from '../domain/sequence.js';

export interface LedgerHead {
  readonly size: number;
  /** Base64, as in the checkpoint. */
  readonly root: string;
  /** Signed. */
  readonly checkpoint: string;
  /** Undefined in a row that was written before frontiers were kept. */
  readonly frontier: Frontier | undefined;
}

/** How far entries have their places; what a head covers is never more. */
export interface SequenceEnd {
  readonly size: number;
  /** Undefined in a row that was written before frontiers were kept. */
  readonly frontier: Frontier | undefined;
}

export interface Waiting {
  /** At most as many as were asked for, of each producer those whose numbers may be next. */
  readonly events: readonly EventEnvelope[];
  /** The last number of each producer that has its place. */
  readonly lastSeq: ReadonlyMap<string, number>;
  /** How many times faster than real time the platform's clock runs. */
  readonly clockFactor: number;
}

export interface FoundEntry {
  readonly index: number;
  readonly type: string | null;
  readonly at: Instant | null;
  readonly tenderId: Uuid | null;
  readonly entry: Entry;
}

/** The rows beside the ledger's files: acts that wait, entries at their places, and the head that covers them. */
export abstract class LedgerRows {
  /** Keeps acts until they have their places, each once however often it comes; durable when it resolves. */
  abstract keepWaiting(events: readonly EventEnvelope[]): Promise<void>;
  abstract waiting(limit: number): Promise<Waiting>;
  /** Where nothing is next: whether acts wait for earlier ones. */
  abstract hasGap(): Promise<boolean>;
  /** Cleans up acts that came again in the moment they got their places. */
  abstract forgetPlaced(): Promise<void>;

  /**
   * Takes or keeps the turn to write and gives the sequence's end; undefined while another has the turn. It passes to
   * whoever asks once its holder has not asked, or sequenced, for two seconds of the database's time.
   */
  abstract takeTurn(writer: string): Promise<SequenceEnd | undefined>;
  /** Lets the next one begin at once. */
  abstract endTurn(writer: string): Promise<void>;
  /**
   * One statement, so all of it or nothing: entries at their places, the sequence's end moved from `from`, the acts of
   * these events no longer waiting. False, and nothing done, when `writer` has lost the turn or the end is elsewhere.
   */
  abstract sequence(batch: {
    readonly writer: string;
    readonly from: number;
    readonly sequenced: SequencedBatch;
    readonly events: readonly EventEnvelope[];
  }): Promise<boolean>;

  /** Bytes and leaf hashes of entries `from` … `to` − 1. */
  abstract sequenced(
    from: number,
    to: number,
  ): Promise<readonly { readonly bytes: Uint8Array; readonly leafHash: Uint8Array }[]>;
  /** The entries below `size` that change the ledger's key, in order. */
  abstract keyChanges(size: number): Promise<readonly { readonly index: number; readonly entry: Entry }[]>;
  /** Emits the act of changing the key from one to another, once however often it is asked for. */
  abstract announceKey(change: {
    readonly from: string;
    readonly to: string;
    readonly data: JsonObject;
  }): Promise<void>;
  abstract head(): Promise<LedgerHead | undefined>;
  /** Compare-and-swap: false unless the head is still at `from`, undefined being no head. */
  abstract moveHead(from: number | undefined, head: LedgerHead): Promise<boolean>;

  /** Knows of no entry that the head does not cover. */
  abstract findByLeaf(leafSha256: string): Promise<FoundEntry | undefined>;
}
