import type { Instant, Uuid } from '#kernel';
import type { EventEnvelope } from '#contracts';
import type { BillRow } from './bills.port.js';
import type { CommercialEvaluation } from '../domain/commercial-evaluation.js';

/** Everything inside one transaction. */
export interface EvaluationTransaction {
  readonly now: Instant;
  load(tenderId: Uuid): Promise<CommercialEvaluation>;
  save(evaluation: CommercialEvaluation): Promise<void>;
  saveBill(tenderId: Uuid, bill: BillRow): Promise<void>;
  tellRanking(tenderId: Uuid, data: Readonly<Record<string, unknown>>): Promise<void>;
}

export abstract class Evaluations {
  abstract take(event: EventEnvelope, work: (tx: EvaluationTransaction) => Promise<void>): Promise<void>;
  /** Throws `tender.unknown`. */
  abstract get(tenderId: Uuid): Promise<CommercialEvaluation>;
}
