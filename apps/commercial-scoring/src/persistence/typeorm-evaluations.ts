import { DomainError, type Instant, type Uuid } from '#kernel';
import type { EventEnvelope } from '#contracts';
import { asRows, type ServiceDatabase, takeOnce, transact, type Tx } from '#database';
import type { Call } from '#service';
import type { Robustness } from '#evaluation';
import type { CommercialEvaluation } from '../domain/commercial-evaluation.js';
import type { BillRow } from '../use-cases/bills.port.js';
import {
  type EvaluationEvent,
  Evaluations,
  type EvaluationTransaction,
  type EvaluationVersion,
} from '../use-cases/evaluations.port.js';
import { insertBill } from './typeorm-bills.js';
import { EvaluationEntity } from './evaluation.entity.js';

const unknown = (tenderId: Uuid): DomainError =>
  new DomainError('tender.unknown', `There is no tender ${tenderId} to evaluate.`, { tenderId });

/** Evaluations in Postgres, one row a tender, locked while something arrives. */
export class TypeormEvaluations extends Evaluations {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  transact<T>(call: Call, work: (tx: EvaluationTransaction) => Promise<T>): Promise<T> {
    return transact(this.database, call, (tx) => work(new TypeormEvaluationTransaction(tx)));
  }

  async take(event: EventEnvelope, work: (tx: EvaluationTransaction) => Promise<void>): Promise<void> {
    await takeOnce(this.database, 'commercial-scoring', event, (tx) =>
      work(new TypeormEvaluationTransaction(tx)),
    );
  }

  async version(tenderId: Uuid, version: number): Promise<EvaluationVersion | undefined> {
    const [row] = asRows<EvaluationVersion>(
      await this.database.dataSource.manager.query(
        `SELECT document, evaluated_at AS "evaluatedAt", robustness FROM evaluation_version
         WHERE tender_id = $1 AND version = $2`,
        [tenderId, version],
      ),
    );
    return row;
  }

  async unreported(): Promise<{ readonly tenderId: Uuid; readonly version: number }[]> {
    return asRows(
      await this.database.dataSource.manager.query(
        `SELECT tender_id AS "tenderId", version FROM evaluation_version WHERE robustness IS NULL
         ORDER BY evaluated_at LIMIT 10`,
      ),
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

  clock(): Promise<Instant> {
    return this.tx.clock();
  }

  async clockFactor(): Promise<number> {
    const [row] = await this.tx.query<{ factor: number }>('SELECT platform.clock_factor() AS factor');
    return row!.factor;
  }

  async load(tenderId: Uuid): Promise<CommercialEvaluation> {
    const found = await this.find(tenderId);
    if (!found) throw unknown(tenderId);
    return found;
  }

  async find(tenderId: Uuid): Promise<CommercialEvaluation | undefined> {
    const row = await this.tx.manager.findOne(EvaluationEntity, {
      where: { tenderId },
      lock: { mode: 'pessimistic_write' },
    });
    return row?.document;
  }

  async save(evaluation: CommercialEvaluation): Promise<void> {
    await this.tx.manager.save(EvaluationEntity, { tenderId: evaluation.tenderId, document: evaluation });
  }

  saveBill(tenderId: Uuid, bill: BillRow): Promise<void> {
    return insertBill(this.tx, tenderId, bill);
  }

  async addVersion(
    tenderId: Uuid,
    version: number,
    { document, evaluatedAt }: Omit<EvaluationVersion, 'robustness'>,
  ): Promise<void> {
    await this.tx.query(
      `INSERT INTO evaluation_version (tender_id, version, evaluated_at, document) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [tenderId, version, evaluatedAt, JSON.stringify(document)],
    );
  }

  async addRobustness(tenderId: Uuid, version: number, report: Robustness): Promise<boolean> {
    const rows = await this.tx.query(
      `UPDATE evaluation_version SET robustness = $3
       WHERE tender_id = $1 AND version = $2 AND robustness IS NULL RETURNING version`,
      [tenderId, version, JSON.stringify(report)],
    );
    return rows.length > 0;
  }

  async tell(tenderId: Uuid, { type, data }: EvaluationEvent): Promise<void> {
    await this.tx.emit({ subject: `evt.commercial-scoring.${type}.v1`, tenderId, data });
  }
}
