import type { DataOf, witnessQuorumMet, witnessQuorumMissing } from '#contracts';

export interface CosignedRow {
  readonly size: number;
  /** Signed by the log and by witnesses. */
  readonly checkpoint: string;
  /** Unix seconds by which a quorum had cosigned it; null while the quorum is missing. */
  readonly witnessedAt: number | null;
}

export type WitnessNews =
  | { readonly type: 'witness-quorum-missing'; readonly data: DataOf<typeof witnessQuorumMissing> }
  | { readonly type: 'witness-quorum-met'; readonly data: DataOf<typeof witnessQuorumMet> };

/** What is kept of witnesses: policies that held, cosigned checkpoints, and whether the quorum is there. */
export abstract class Cosignatures {
  /** Keeps a policy for ever: tenders name it by its hash. */
  abstract keepPolicy(sha256: string, text: string): Promise<void>;
  abstract policy(sha256: string): Promise<string | undefined>;
  /** In place of what was kept for the size. */
  abstract keep(row: CosignedRow): Promise<void>;
  abstract at(size: number): Promise<CosignedRow | undefined>;
  /** Of the largest size that has its quorum. */
  abstract latestWitnessed(): Promise<(CosignedRow & { readonly witnessedAt: number }) | undefined>;
  /** Of the smallest size that has its quorum at or after the time. */
  abstract firstWitnessedSince(
    unixSeconds: number,
  ): Promise<(CosignedRow & { readonly witnessedAt: number }) | undefined>;
  abstract isQuorumMissing(): Promise<boolean>;
  /** Enters the news where it is one: the state changes with it, and nothing is told twice. */
  abstract tell(news: WitnessNews): Promise<void>;
}
