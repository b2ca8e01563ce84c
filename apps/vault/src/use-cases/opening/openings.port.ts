import type { Instant, Uuid } from '#kernel';
import type { EnvelopeId, EventEnvelope, Reveal } from '#contracts';
import type { Share } from '#sealing';
import type { Call } from '#service';
import type { EnvelopeToDestroy } from '../../domain/opening/envelopes-to-destroy.js';
import type { GivenShare } from '../../domain/opening/envelopes-to-open.js';
import type { Objection } from '../../domain/opening/objection.js';
import type { Opening } from '../../domain/opening/opening.js';
import type { OpeningNews } from '../../domain/opening/opening-news.js';
import type { OpenedItem } from '../../domain/opening/verdict.js';
import type { Slice, VaultTransaction } from '../vault.port.js';

/** Names the opening of one kind of envelopes. */
export interface OpeningRef {
  readonly tenderId: Uuid;
  readonly envelopeId: EnvelopeId;
}

/** A bidder's release of the own key, as it was signed. */
export interface SignedRelease {
  readonly jws: string;
  /** Of the text above. */
  readonly sha256: string;
}

/** What the vault tells of openings beside what the state machine says. */
export interface OpeningNotice {
  readonly type:
    | OpeningNews['type']
    | 'bidder-keys-awaited'
    | 'objection-recorded'
    | 'bidders-named'
    | 'envelopes-left-sealed'
    | 'envelopes-destroyed'
    | 'reveal-planned'
    | 'reveal-completed';
  readonly data: Readonly<Record<string, unknown>>;
}

export interface PlannedDestruction extends EnvelopeToDestroy {
  readonly tenderId: Uuid;
}

/** Everything inside one transaction that concerns an opening. */
export interface OpeningTransaction {
  readonly vault: VaultTransaction;
  /** 1 but in demonstrations. */
  clockFactor(): Promise<number>;
  /** Keeps an opening that begins to wait; false where there is one already. */
  begin(opening: Opening): Promise<boolean>;
  /** Locked until the transaction ends. */
  load(ref: OpeningRef): Promise<Opening | undefined>;
  save(opening: Opening): Promise<void>;
  /** Keeps those that are new; answers how many of this trustee there are now. */
  addShares(ref: OpeningRef, trusteeIndex: number, shares: readonly GivenShare[]): Promise<number>;
  /** By manifest. */
  sharesOf(ref: OpeningRef, trusteeIndex: number): Promise<Record<string, Share>>;
  /** Keeps the first result of an envelope; answers how many there are now. */
  addItem(ref: OpeningRef, item: OpenedItem): Promise<number>;
  /** By alias. */
  items(ref: OpeningRef): Promise<OpenedItem[]>;
  /** Keeps a signed release; to be called once for an envelope. */
  keepRelease(ref: OpeningRef, alias: string, release: SignedRelease): Promise<void>;
  /** By alias, of these. */
  releases(ref: OpeningRef, aliases: readonly string[]): Promise<Map<string, SignedRelease>>;
  keepRescue(ref: OpeningRef, alias: string, identity: string): Promise<void>;
  forgetRescue(ref: OpeningRef): Promise<void>;
  /** How many objections a person, or an organisation, has recorded. */
  countObjections(ref: OpeningRef, objectorId: Uuid): Promise<number>;
  addObjection(ref: OpeningRef, objectorId: Uuid, objection: Objection): Promise<void>;
  planDestruction(tenderId: Uuid, envelopes: readonly EnvelopeToDestroy[], after: Instant): Promise<void>;
  /** False where it was told before. */
  markDestroyed(tenderId: Uuid, manifestSha256: string, at: Instant): Promise<boolean>;
  postponeDestruction(tenderId: Uuid, manifestSha256: string, until: Instant): Promise<void>;
  /** The actor shows only where one is given. */
  tell(tenderId: Uuid, notice: OpeningNotice, actorId?: Uuid | null): Promise<void>;
  /** Enters that a bidder gave a key away, as a commitment. */
  sealKeyAct(
    type: 'rescue-revealed' | 'bidder-key-released',
    tenderId: Uuid,
    actorId: Uuid | null,
    data: Readonly<Record<string, unknown>>,
  ): Promise<Reveal>;
}

/** The record of openings. */
export abstract class Openings {
  abstract transact<T>(call: Call, work: (tx: OpeningTransaction) => Promise<T>): Promise<T>;
  abstract take(event: EventEnvelope, work: (tx: OpeningTransaction) => Promise<void>): Promise<void>;
  abstract find(ref: OpeningRef): Promise<Opening | undefined>;
  /** Technical ones first. */
  abstract list(tenderId: Uuid): Promise<Opening[]>;
  abstract items(ref: OpeningRef): Promise<OpenedItem[]>;
  /** By alias, without the names of the parts. */
  abstract itemsSlice(ref: OpeningRef, slice: Slice): Promise<Omit<OpenedItem, 'parts'>[]>;
  abstract item(ref: OpeningRef, alias: string): Promise<OpenedItem | undefined>;
  /** Shares of these trustees: by trustee, then by manifest. All manifests, unless some are named. */
  abstract shares(
    ref: OpeningRef,
    trustees: readonly number[],
    manifests: readonly string[],
  ): Promise<{ readonly trusteeIndex: number; readonly manifestSha256: string; readonly share: Share }[]>;
  /** By alias, of these. */
  abstract releases(ref: OpeningRef, aliases: readonly string[]): Promise<Map<string, SignedRelease>>;
  abstract rescueIdentity(ref: OpeningRef, alias: string): Promise<string | undefined>;
  abstract objections(ref: OpeningRef): Promise<Objection[]>;
  /** Closed tenders whose first opening does not wait yet. */
  abstract listUnbegun(): Promise<Uuid[]>;
  /** Openings, of tenders that go on, whose time is over by the database’s clock. */
  abstract listDue(): Promise<OpeningRef[]>;
  /** Of tenders that go on. */
  abstract listCombining(): Promise<OpeningRef[]>;
  /** Keys that bidders gave away and that nothing was opened with are of no use once their tenders have ended. */
  abstract forgetEnded(): Promise<void>;
  /** Tenders without an award whose acts are to be shown by now. */
  abstract listToReveal(): Promise<Uuid[]>;
  /** Envelopes that are to be destroyed, and may be by now. */
  abstract listDestructions(limit: number): Promise<PlannedDestruction[]>;
}
