import type { Instant } from '#kernel';
import type { LowerCentreFault } from '#contracts';
import type { NoteVerifier, ReadFile } from '#ledger';

/** A centre below this one, whose ledger is followed. */
export interface LowerCentre {
  readonly regionCode: string;
  readonly origin: string;
  /** Where its ledger is read, as `https://…/ledger/`. */
  readonly url: string;
  /** The ledger's key; two while it changes. All bear its origin as name. */
  readonly verifiers: readonly NoteVerifier[];
  readonly readFile: ReadFile;
}

/** A checkpoint of a lower ledger. */
export interface LowerHead {
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** The signed note, without cosignatures. */
  readonly checkpoint: string;
}

export type LowerNews =
  | { readonly kind: 'alarm'; readonly fault: LowerCentreFault; readonly evidence: LowerEvidence }
  | { readonly kind: 'sound' };

/** What an alarm shows of a lower ledger; what contradicts is there as it was signed. */
export type LowerEvidence = Readonly<Record<string, string | number | null>>;

/** What is kept of lower ledgers: how far they were entered, and what is wrong with them. */
export abstract class LowerCentres {
  /** Of the last checkpoint that was entered. */
  abstract head(origin: string): Promise<LowerHead | undefined>;
  abstract faults(): Promise<ReadonlyMap<string, LowerCentreFault>>;
  /** Enters a checkpoint in place of the one of size `from`; nothing where another process was first. */
  abstract enter(
    centre: LowerCentre,
    from: number | undefined,
    head: LowerHead & { readonly heartbeatAt: Instant },
  ): Promise<void>;
  /** Enters the news where it is one, and says so: the state changes with it, and nothing is told twice. */
  abstract tell(centre: LowerCentre, news: LowerNews): Promise<boolean>;
}
