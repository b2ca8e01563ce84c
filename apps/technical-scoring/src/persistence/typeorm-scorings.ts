import { DomainError, type Instant, type Uuid } from '#kernel';
import type { EventEnvelope } from '#contracts';
import { type ServiceDatabase, takeOnce, transact, type Tx } from '#database';
import { type Call, sealAct } from '#service';
import type { Scoring } from '../domain/scoring.js';
import {
  type DraftedScores,
  type ScoringEvent,
  Scorings,
  type ScoringTransaction,
} from '../use-cases/scorings.port.js';
import { ScoringEntity } from './scoring.entity.js';

const unknown = (tenderId: Uuid): DomainError =>
  new DomainError('tender.unknown', `There is no tender ${tenderId} to score.`, { tenderId });

/** Scorings in Postgres, one row a tender, locked while a sheet is taken. */
export class TypeormScorings extends Scorings {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  transact<T>(call: Call, work: (tx: ScoringTransaction) => Promise<T>): Promise<T> {
    return transact(this.database, call, (tx) => work(new TypeormScoringTransaction(tx)));
  }

  async take(event: EventEnvelope, work: (tx: ScoringTransaction) => Promise<void>): Promise<void> {
    await takeOnce(this.database, 'technical-scoring', event, (tx) =>
      work(new TypeormScoringTransaction(tx)),
    );
  }

  async get(tenderId: Uuid): Promise<Scoring> {
    const row = await this.database.dataSource.manager.findOneBy(ScoringEntity, { tenderId });
    if (!row) throw unknown(tenderId);
    return row.document;
  }
}

class TypeormScoringTransaction implements ScoringTransaction {
  readonly now: Instant;

  constructor(private readonly tx: Tx) {
    this.now = tx.now;
  }

  async load(tenderId: Uuid): Promise<Scoring> {
    const found = await this.find(tenderId);
    if (!found) throw unknown(tenderId);
    return found;
  }

  async find(tenderId: Uuid): Promise<Scoring | undefined> {
    const row = await this.tx.manager.findOne(ScoringEntity, {
      where: { tenderId },
      lock: { mode: 'pessimistic_write' },
    });
    return row?.document;
  }

  async save(scoring: Scoring): Promise<void> {
    await this.tx.manager.save(ScoringEntity, { tenderId: scoring.tenderId, document: scoring });
  }

  async tell(tenderId: Uuid, { type, data }: ScoringEvent): Promise<void> {
    await this.tx.emit({ subject: `evt.technical-scoring.${type}.v1`, tenderId, data });
  }

  async sealDraft(tenderId: Uuid, expertId: Uuid, draft: DraftedScores): Promise<void> {
    const act = { type: 'scores-drafted', tenderId, actorId: expertId, data: { ...draft } };
    await sealAct(this.tx, 'technical-scoring', act);
  }
}
