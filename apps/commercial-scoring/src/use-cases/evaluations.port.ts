import type { Instant, Uuid } from '#kernel';
import type { EventEnvelope } from '#contracts';
import type { EvaluationDocument, Robustness } from '#evaluation';
import type { Call } from '#service';
import type { BillRow } from './bills.port.js';
import type { CommercialEvaluation } from '../domain/commercial-evaluation.js';

/** Something that this service tells. */
export interface EvaluationEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A result as it was told. */
export interface EvaluationVersion {
  readonly document: EvaluationDocument;
  readonly evaluatedAt: Instant;
  /** Null until it is made. */
  readonly robustness: Robustness | null;
}

/** Everything inside one transaction. */
export interface EvaluationTransaction {
  readonly now: Instant;
  /** The database’s clock at this moment: for deadlines, after the lock. */
  clock(): Promise<Instant>;
  clockFactor(): Promise<number>;
  /** Locked until the transaction ends. Throws `tender.unknown`. */
  load(tenderId: Uuid): Promise<CommercialEvaluation>;
  find(tenderId: Uuid): Promise<CommercialEvaluation | undefined>;
  save(evaluation: CommercialEvaluation): Promise<void>;
  saveBill(tenderId: Uuid, bill: BillRow): Promise<void>;
  /** Kept for good; the same version again changes nothing. */
  addVersion(tenderId: Uuid, version: number, result: Omit<EvaluationVersion, 'robustness'>): Promise<void>;
  /** False where the version has its report already. */
  addRobustness(tenderId: Uuid, version: number, report: Robustness): Promise<boolean>;
  tell(tenderId: Uuid, event: EvaluationEvent): Promise<void>;
}

export abstract class Evaluations {
  /** Runs `work` in one transaction; the same idempotency key gives the first answer again. */
  abstract transact<T>(call: Call, work: (tx: EvaluationTransaction) => Promise<T>): Promise<T>;
  abstract take(event: EventEnvelope, work: (tx: EvaluationTransaction) => Promise<void>): Promise<void>;
  /** Throws `tender.unknown`. */
  abstract get(tenderId: Uuid): Promise<CommercialEvaluation>;
  abstract version(tenderId: Uuid, version: number): Promise<EvaluationVersion | undefined>;
  /** Versions without a report, some at a time. */
  abstract unreported(): Promise<{ readonly tenderId: Uuid; readonly version: number }[]>;
}
