import type { RegionScope } from '#contracts';
import type { Instant, Uuid } from '#kernel';
import type { Entry, Reveal } from '#ledger';

/** All that is given must hold; `from` is included, `to` is not. */
export interface EntryFilter {
  readonly scope: RegionScope;
  readonly tenderId?: Uuid | undefined;
  readonly organisationId?: Uuid | undefined;
  readonly personId?: Uuid | undefined;
  readonly type?: string | undefined;
  readonly regionCode?: string | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

/** An entry with what it is found by: for a commitment what its reveal tells, null until then. */
export interface SearchedRow {
  readonly index: number;
  readonly leafSha256: string;
  readonly type: string | null;
  readonly at: Instant | null;
  readonly tenderId: Uuid | null;
  readonly personId: Uuid | null;
  readonly region: string | null;
  readonly entry: Entry;
  readonly revealedBy: number | null;
  readonly reveal: Reveal | null;
}

export interface KnownTender {
  readonly tenderId: Uuid;
  readonly region: string | null;
  readonly title: { readonly zh: string; readonly en: string } | null;
}

/** Entries as supervision finds them: made from the ledger's rows behind its head, and made anew from them if lost. */
export abstract class EntrySearch {
  /**
   * Takes at most `limit` entries that the head covers into the search, in order, each once whoever calls. A reveal
   * that opens no commitment raises an alarm. Returns how many were taken.
   */
  abstract advance(limit: number): Promise<number>;
  /** Entries below this index can be found. */
  abstract searchedTo(): Promise<number>;
  /** In ledger order. */
  abstract find(filter: EntryFilter, afterIndex: number, limit: number): Promise<SearchedRow[]>;
  /** How many are found, counted up to `max`. */
  abstract count(filter: EntryFilter, max: number): Promise<number>;
  /** Commitments of all tenders that nothing has revealed. */
  abstract countSealed(): Promise<number>;
  /** Those of these tenders that were published, or that entries are about. */
  abstract tenders(tenderIds: readonly Uuid[]): Promise<KnownTender[]>;
}
