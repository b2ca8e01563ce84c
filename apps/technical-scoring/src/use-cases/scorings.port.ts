import type { Instant, Uuid } from '#kernel';
import type { EventEnvelope } from '#contracts';
import type { Call } from '#service';
import type { Scoring } from '../domain/scoring.js';

export interface ScoringEvent {
  readonly type: 'declaration-made' | 'sheet-signed' | 'scores-locked';
  readonly data: Readonly<Record<string, unknown>>;
}

export interface DraftedScores {
  readonly alias: string;
  readonly scores: Readonly<Record<string, string>>;
}

/** Everything inside one transaction. */
export interface ScoringTransaction {
  readonly now: Instant;
  /** Locked until the transaction ends. Throws `tender.unknown`. */
  load(tenderId: Uuid): Promise<Scoring>;
  /** As `load`; undefined where there is none. */
  find(tenderId: Uuid): Promise<Scoring | undefined>;
  save(scoring: Scoring): Promise<void>;
  tell(tenderId: Uuid, event: ScoringEvent): Promise<void>;
  /** Enters, as a commitment that is not shown, that an expert keeps these marks for now. */
  sealDraft(tenderId: Uuid, expertId: Uuid, draft: DraftedScores): Promise<void>;
}

export abstract class Scorings {
  abstract transact<T>(call: Call, work: (tx: ScoringTransaction) => Promise<T>): Promise<T>;
  abstract take(event: EventEnvelope, work: (tx: ScoringTransaction) => Promise<void>): Promise<void>;
  /** Throws `tender.unknown`. */
  abstract get(tenderId: Uuid): Promise<Scoring>;
}
