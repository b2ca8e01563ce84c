import { DomainError, type Instant, type Uuid } from '#kernel';
import type { EventEnvelope } from '#contracts';
import { type ServiceDatabase, takeOnce, type Tx } from '#database';
import type { CommercialEvaluation } from '../domain/commercial-evaluation.js';
import type { BillRow } from '../use-cases/bills.port.js';
import { Evaluations, type EvaluationTransaction } from '../use-cases/evaluations.port.js';
import { insertBill } from './typeorm-bills.js';
import { EvaluationEntity } from './evaluation.entity.js';

const unknown = (tenderId: Uuid): DomainError =>
  new DomainError('tender.unknown', `There is no tender ${tenderId} to evaluate.`, { tenderId });

/** Evaluations in Postgres, one row a tender, locked while something arrives. */
export class TypeormEvaluations extends Evaluations {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  async take(event: EventEnvelope, work: (tx: EvaluationTransaction) => Promise<void>): Promise<void> {
    await takeOnce(this.database, 'commercial-scoring', event, (tx) =>
      work(new TypeormEvaluationTransaction(tx)),
    );
  }

  async get(tenderId: Uuid): Promise<CommercialEvaluation> {
    const row = await this.database.dataSource.manager.findOneBy(EvaluationEntity, { tenderId });
    if (!row) throw unknown(tenderId);
    return row.document;
  }
}

class TypeormEvaluationTransaction implements EvaluationTransaction {
  readonly now: Instant;

  constructor(private readonly tx: Tx) {
    this.now = tx.now;
  }

  async load(tenderId: Uuid): Promise<CommercialEvaluation> {
    const row = await this.tx.manager.findOne(EvaluationEntity, {
      where: { tenderId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) throw unknown(tenderId);
    return row.document;
  }

  async save(evaluation: CommercialEvaluation): Promise<void> {
    await this.tx.manager.save(EvaluationEntity, { tenderId: evaluation.tenderId, document: evaluation });
  }

  saveBill(tenderId: Uuid, bill: BillRow): Promise<void> {
    return insertBill(this.tx, tenderId, bill);
  }

  async tellRanking(tenderId: Uuid, data: Readonly<Record<string, unknown>>): Promise<void> {
    await this.tx.emit({ subject: 'evt.commercial-scoring.ranking-made.v1', tenderId, data });
  }
}
