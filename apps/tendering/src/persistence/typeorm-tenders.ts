import type { EntityManager } from 'typeorm';
import { type Instant, regionPrefix, type Uuid } from '#kernel';
import type { EventEnvelope } from '#contracts';
import { type ServiceDatabase, takeOnce, transact, type Tx } from '#database';
import { type Call, sealAct } from '#service';
import type { Rehearsal } from '../domain/rehearsal.js';
import { shownStage } from '../domain/stages.js';
import type { Decision, Tender, TenderEvent } from '../domain/tender.js';
import { unknownTender } from '../use-cases/tender-view.js';
import {
  type Question,
  type TenderFilter,
  Tenders,
  type TenderTransaction,
} from '../use-cases/tenders.port.js';
import { QuestionEntity } from './question.entity.js';
import { RehearsalEntity } from './rehearsal.entity.js';
import { TenderEntity } from './tender.entity.js';

/** Tenders in Postgres: one row a tender, locked while it is decided on, written together with its events. */
export class TypeormTenders extends Tenders {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  transact<T>(call: Call, work: (tx: TenderTransaction) => Promise<T>): Promise<T> {
    return transact(this.database, call, (tx) => work(new TypeormTenderTransaction(tx)));
  }

  async take(event: EventEnvelope, work: (tx: TenderTransaction) => Promise<void>): Promise<void> {
    await takeOnce(this.database, 'tendering', event, (tx) => work(new TypeormTenderTransaction(tx)));
  }

  newId(): Uuid {
    return this.database.newEventId();
  }

  async find(tenderId: Uuid): Promise<Tender | undefined> {
    return (await this.manager.findOneBy(TenderEntity, { tenderId }))?.document;
  }

  async rehearsal(tenderId: Uuid): Promise<Rehearsal | undefined> {
    return (await this.manager.findOneBy(RehearsalEntity, { tenderId }))?.document;
  }

  async list({ ofPerson, stage, regionCode, before, limit }: TenderFilter): Promise<Tender[]> {
    const query = this.manager
      .createQueryBuilder(TenderEntity, 'tender')
      .orderBy('tender.tender_id', 'DESC')
      .take(limit);
    if (ofPerson) query.andWhere(':person = ANY (tender.involved)', { person: ofPerson });
    else query.andWhere('tender.is_published');
    if (stage) query.andWhere('tender.stage = :stage', { stage });
    if (regionCode) {
      const region = regionPrefix(regionCode) ?? regionCode;
      query.andWhere(`tender.region_code LIKE :region || '%'`, { region });
    }
    if (before) query.andWhere('tender.tender_id < :before', { before });
    return (await query.getMany()).map(({ document }) => document);
  }

  async listDue(): Promise<Uuid[]> {
    const rows: { tender_id: Uuid }[] = await this.manager.query(
      `SELECT tender_id FROM tender WHERE stage = 'published' AND deadline_at <= platform.now()
       ORDER BY deadline_at LIMIT 100`,
    );
    return rows.map(({ tender_id }) => tender_id);
  }

  async listQuestions(
    tenderId: Uuid,
    { answeredOnly, after, limit }: { answeredOnly: boolean; after: Uuid | null; limit: number },
  ): Promise<Question[]> {
    const query = this.manager
      .createQueryBuilder(QuestionEntity, 'question')
      .where('question.tender_id = :tenderId', { tenderId })
      .orderBy('question.question_id')
      .take(limit);
    if (answeredOnly) query.andWhere('question.answer IS NOT NULL');
    if (after) query.andWhere('question.question_id > :after', { after });
    return query.getMany();
  }

  private get manager(): EntityManager {
    return this.database.dataSource.manager;
  }
}

/** Who finds the tender among the own. A draft does not exist for experts: they are told when it is published. */
function involvedIn({ buyerId, draft, publication }: Tender): Uuid[] {
  const { trusteeIds, expertIds } = draft;
  return [...new Set([buyerId, ...trusteeIds, ...(publication === null ? [] : expertIds)])];
}

class TypeormTenderTransaction implements TenderTransaction {
  readonly now: Instant;

  constructor(private readonly tx: Tx) {
    this.now = tx.now;
  }

  async load(tenderId: Uuid): Promise<Tender> {
    const row = await this.tx.manager.findOne(TenderEntity, {
      where: { tenderId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) throw unknownTender(tenderId);
    return row.document;
  }

  async save({ tender, events }: Decision, before?: Tender): Promise<Tender> {
    if (tender === before && events.length === 0) return tender;
    const { tenderId, buyerId, draft, publication } = tender;
    const row = {
      tenderId,
      stage: shownStage(tender),
      buyerId,
      regionCode: draft.regionCode,
      isPublished: publication !== null,
      deadlineAt: draft.deadlineAt,
      involved: involvedIn(tender),
      document: tender,
    };
    const entity = (await this.tx.manager.findOneBy(TenderEntity, { tenderId })) ?? new TenderEntity();
    await this.tx.manager.save(TenderEntity, Object.assign(entity, row));
    for (const event of events) await this.tell(tenderId, event);
    return tender;
  }

  async tell(tenderId: Uuid, { type, data }: TenderEvent): Promise<void> {
    await this.tx.emit({ subject: `evt.tendering.${type}.v1`, tenderId, data });
  }

  async rehearsal(tenderId: Uuid): Promise<Rehearsal | undefined> {
    return (await this.tx.manager.findOneBy(RehearsalEntity, { tenderId }))?.document;
  }

  async saveRehearsal(tenderId: Uuid, rehearsal: Rehearsal): Promise<void> {
    await this.tx.manager.save(RehearsalEntity, { tenderId, document: rehearsal });
  }

  async findQuestion(tenderId: Uuid, questionId: Uuid): Promise<Question | undefined> {
    return (await this.tx.manager.findOneBy(QuestionEntity, { tenderId, questionId })) ?? undefined;
  }

  countQuestions(tenderId: Uuid): Promise<number> {
    return this.tx.manager.countBy(QuestionEntity, { tenderId });
  }

  async saveQuestion(question: Question): Promise<void> {
    await this.tx.manager.save(QuestionEntity, question);
  }

  async tellClarification({ tenderId, questionId, question, answer }: Question): Promise<void> {
    const data = { questionId, question, answer };
    await this.tx.emit({ subject: 'evt.tendering.clarification-published.v1', tenderId, data });
  }

  async sealAsking({ tenderId, questionId }: Question, askerId: Uuid): Promise<void> {
    await sealAct(this.tx, 'tendering', {
      type: 'question-asked',
      tenderId,
      actorId: askerId,
      data: { questionId },
    });
  }
}
