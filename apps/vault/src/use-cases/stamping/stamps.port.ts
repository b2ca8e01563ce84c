import type { Instant, Uuid } from '#kernel';

/** Names the act whose promise is meant. */
export interface ActRef {
  readonly tenderId: Uuid;
  readonly organisationId: Uuid;
  readonly seq: number;
}

/** A promise that waits for its stamp, taken by this process for a while. */
export interface WaitingStamp extends ActRef {
  /** Of the promise's text, lower-case hex: what is to be stamped. */
  readonly promiseSha256: string;
  /** How often it was tried, this time included. */
  readonly attempts: number;
}

/** What another authority signed over a promise. */
export interface PromiseStamp {
  /** DER of the TimeStampToken. */
  readonly token: Uint8Array;
  /** When it signed, by its own clock. */
  readonly genTime: Instant;
  /** Root that the token leads to: the authority of that time, whichever is configured now. */
  readonly authorityPem: string;
}

/** A promise's place in the queue. */
export interface StampState {
  readonly stamp: PromiseStamp | null;
  readonly attempts: number;
  /** Code of what the last try met; null where there was none. */
  readonly lastCode: string | null;
}

/**
 * The queue of promises that wait for a stamp, in the database: rows come in the transaction of the promise. Times in
 * here are real ones, also under a demonstration clock.
 */
export abstract class Stamps {
  /**
   * Takes at most `limit` that are due, those that waited longest first, and lets nobody else have them for
   * `leaseMs`. Whoever is killed with them loses no more than this time.
   */
  abstract take(limit: number, leaseMs: number): Promise<WaitingStamp[]>;
  /** Keeps a stamp. False where there was one already: the first one stays. */
  abstract keep(ref: ActRef, stamp: PromiseStamp): Promise<boolean>;
  /** Puts one back, to be tried again no earlier than after so long. */
  abstract putBack(ref: ActRef, afterMs: number, code: string | null): Promise<void>;
  /** How many wait. */
  abstract countWaiting(): Promise<number>;
  /** Undefined where the promise was given while no authority was configured. */
  abstract find(ref: ActRef): Promise<StampState | undefined>;
}
