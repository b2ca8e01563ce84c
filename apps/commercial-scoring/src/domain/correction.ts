import type { Instant, Uuid } from '#kernel';

/** What of one bid counts from now on. What is not named stays; the offer itself is never changed. */
export interface BidChange {
  readonly alias: string;
  /** `true` takes the bid out, `false` takes it back in. */
  readonly rejected?: boolean | undefined;
  readonly figures?: Readonly<Record<string, string>> | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** A correction of the evaluation: the buyer proposes it, a supervisor confirms it, and a new version is computed. */
export interface Correction {
  readonly correctionId: Uuid;
  readonly changes: readonly BidChange[];
  readonly reason: string;
  readonly proposedBy: Uuid;
  readonly proposedAt: Instant;
  readonly confirmedBy: Uuid | null;
  readonly confirmedAt: Instant | null;
}
