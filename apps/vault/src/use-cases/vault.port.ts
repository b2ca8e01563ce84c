import type { Instant, Uuid } from '#kernel';
import type { EventEnvelope, Reveal } from '#contracts';
import type { Call } from '#service';
import type { Outcome } from '#database';
import type { BidAct, LastAct, SignedManifest } from '../domain/bid-act.js';
import type { BidProgress } from '../domain/bid-progress.js';
import type { DrawnBid, FinalBid } from '../domain/close-bids.js';
import type { BidderEnvelope } from '../domain/opening/envelopes-to-destroy.js';
import type { SealedTender } from '../domain/sealed-tender.js';

export interface VaultEvent {
  readonly type: 'bids-closed' | 'bids-listed';
  readonly data: Readonly<Record<string, unknown>>;
}

export interface SealedAct {
  readonly type:
    | 'participation-begun'
    | 'bid-submitted'
    | 'body-kept'
    | 'bid-accepted'
    | 'bid-withdrawn'
    | 'bid-refused'
    | 'envelope-faulty'
    | 'timestamp-missing'
    | 'mailbox-claim-refused';
  readonly tenderId: Uuid;
  readonly actorId: Uuid | null;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface StoredBody {
  readonly tenderId: Uuid;
  readonly sha256: string;
  readonly size: number;
}

/** The line of acts of one bidder in one tender. */
export interface LineOf {
  readonly tenderId: Uuid;
  readonly organisationId: Uuid;
}
export interface Line {
  readonly last: LastAct | undefined;
}

/** Names a line. */
export const lineKey = ({ tenderId, organisationId }: LineOf): string => `${tenderId} ${organisationId}`;

/** An envelope body that was accepted, with its tender. */
export interface KeptBody {
  readonly tender: SealedTender;
  readonly sha256: string;
  readonly size: number;
}

/** Whether the bid of an alias is opened on. */
export interface Passed {
  readonly alias: string;
  readonly isPassed: boolean;
}

/** Some rows of a long list. */
export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

/** Everything inside the transaction that decides on a group of acts. */
export interface IntakeTransaction {
  /** The database's clock at this moment. */
  clock(): Promise<Instant>;
  /** Those there are, by id; locked so that other intakes pass and a close waits. */
  loadTenders(tenderIds: readonly Uuid[]): Promise<Map<Uuid, SealedTender>>;
  /** Locks the lines of those who take part, by {@link lineKey}, with the last act of each. */
  lockLines(of: readonly LineOf[]): Promise<Map<string, Line>>;
  /** As `seal`, for many. */
  sealAll(acts: readonly { readonly call: Call; readonly act: SealedAct }[]): Promise<Reveal[]>;
  addActs(acts: readonly BidProgress[]): Promise<void>;
  /** The promises of acts that were added wait for their stamps, if this transaction commits. */
  queueStamps(acts: readonly BidAct[]): Promise<void>;
}

/** What came of one claim from a mailbox's log. */
export interface ClaimOutcome {
  readonly outcome: 'admitted' | 'committed' | 'refused';
  readonly code: string | null;
}

/** Everything inside one transaction. */
export interface VaultTransaction {
  readonly now: Instant;
  /** The database's clock once more: after a lock was waited for, `now` may be past. */
  clock(): Promise<Instant>;
  /**
   * The tender. `intake` lets other intakes pass and keeps the close waiting, `close` keeps everyone waiting: so a
   * bid that was in time is always in the list that the close fixes. Throws `tender.unknown`.
   */
  loadTender(tenderId: Uuid, lock: 'intake' | 'close'): Promise<SealedTender>;
  saveTender(tender: SealedTender): Promise<void>;
  /** Locks the bidder's own line of acts; undefined where the organisation does not take part. */
  lockParticipation(
    tenderId: Uuid,
    organisationId: Uuid,
  ): Promise<{ readonly joinedAt: Instant } | undefined>;
  countParticipations(tenderId: Uuid): Promise<number>;
  addParticipation(tenderId: Uuid, organisationId: Uuid, joinedAt: Instant): Promise<void>;
  addAct(progress: BidProgress): Promise<void>;
  /** The promise waits for its stamp, if this transaction commits. */
  queueStamp(act: BidAct): Promise<void>;
  /** What came of a claim from a mailbox's log when it was handed over before. */
  claim(tenderId: Uuid, sealed: string): Promise<ClaimOutcome | undefined>;
  saveClaim(tenderId: Uuid, sealed: string, outcome: ClaimOutcome): Promise<void>;
  /** The bidder's acts in their order. */
  progressOf(tenderId: Uuid, organisationId: Uuid): Promise<BidProgress[]>;
  /** Of each bidder the last act that was accepted, some bidders at a time. */
  lastAccepted(tenderId: Uuid): AsyncIterable<readonly BidProgress[]>;
  /** Every envelope that is stored, also of versions that were replaced or withdrawn. */
  storedEnvelopes(tenderId: Uuid): Promise<BidderEnvelope[]>;
  /** Fixes the outcome of verification once; false where it was fixed before. */
  saveProofs(act: BidAct, proofs: 'verified' | 'refused', refusedCode: string | null): Promise<boolean>;
  saveAccepted(act: BidAct, acceptedAt: Instant, acceptance: Reveal): Promise<void>;
  /** When the body was stored: now, or at its first time. */
  addBody(body: StoredBody, organisationId: Uuid, now: Instant): Promise<Instant>;
  /** Hashes of the bodies that are stored. */
  bodies(tenderId: Uuid, organisationId: Uuid): Promise<ReadonlySet<string>>;
  addFinalBids(bids: readonly DrawnBid[]): Promise<void>;
  finalBids(tenderId: Uuid): Promise<FinalBid[]>;
  savePassed(tenderId: Uuid, results: readonly Passed[]): Promise<void>;
  /** Where the promises of these bidders stand in the queue for stamps, by organisation and sequence number. */
  stampStates(
    tenderId: Uuid,
    organisationIds: readonly Uuid[],
  ): Promise<
    ReadonlyMap<
      string,
      { readonly isStamped: boolean; readonly attempts: number; readonly lastCode: string | null }
    >
  >;
  tell(tenderId: Uuid, event: VaultEvent): Promise<void>;
  /** Enters an act as a commitment and returns what opens it. */
  seal(act: SealedAct): Promise<Reveal>;
  /** Shows all sealed acts of the tender. */
  reveal(tenderId: Uuid): Promise<void>;
  /** Sealed acts of the tender that were shown, this transaction’s with them. */
  countRevealed(tenderId: Uuid): Promise<number>;
}

/** The vault's record: sealed bids, and how they came to be opened. */
export abstract class Vault {
  abstract transact<T>(call: Call, work: (tx: VaultTransaction) => Promise<T>): Promise<T>;
  /** One transaction for many calls; `work` gets those that were not answered before, by their place. */
  abstract transactGroup<T>(
    calls: readonly Call[],
    work: (tx: IntakeTransaction, open: readonly number[]) => Promise<readonly Outcome<T>[]>,
  ): Promise<Outcome<T>[]>;
  abstract take(event: EventEnvelope, work: (tx: VaultTransaction) => Promise<void>): Promise<void>;
  abstract newId(): Uuid;
  abstract now(): Promise<Instant>;
  /** A demonstration clock runs: its years are minutes, and nothing may be retained by it. */
  abstract isDemonstration(): Promise<boolean>;
  /** Throws `tender.unknown`. */
  abstract tender(tenderId: Uuid): Promise<SealedTender>;
  abstract participation(
    tenderId: Uuid,
    organisationId: Uuid,
  ): Promise<{ readonly joinedAt: Instant } | undefined>;
  abstract progressOf(tenderId: Uuid, organisationId: Uuid): Promise<BidProgress[]>;
  abstract bodies(tenderId: Uuid, organisationId: Uuid): Promise<ReadonlySet<string>>;
  /** Every body that was accepted and has not been destroyed, one after the other. */
  abstract keptBodies(): AsyncIterable<KeptBody>;
  /** By alias. */
  abstract finalBids(tenderId: Uuid): Promise<FinalBid[]>;
  /** Those of these final manifests that there are, with what was signed; as they are kept, not checked. */
  abstract signedManifests(tenderId: Uuid, sha256s: readonly string[]): Promise<SignedManifest[]>;
  /** What was sealed of this tender and has been shown, in its order. */
  abstract revealed(tenderId: Uuid, slice: Slice): Promise<Reveal[]>;
  abstract countRevealed(tenderId: Uuid): Promise<number>;
}
