import type { Instant, Uuid } from '#kernel';
import type { EventEnvelope } from '#contracts';
import type { Call } from '#service';
import type { Rehearsal } from '../domain/rehearsal.js';
import type { Decision, Tender, TenderEvent } from '../domain/tender.js';

export interface Question {
  readonly questionId: Uuid;
  readonly tenderId: Uuid;
  readonly question: string;
  readonly answer: string | null;
  readonly askedAt: Instant;
  readonly answeredAt: Instant | null;
}

export interface TenderFilter {
  /** Published tenders only, unless the list is somebody's own. */
  readonly ofPerson: Uuid | null;
  readonly stage: string | null;
  readonly regionCode: string | null;
  /** Ids smaller than this one: ids grow with time, lists show the newest first. */
  readonly before: Uuid | null;
  readonly limit: number;
}

/** Everything inside one transaction. Nothing is visible to others, and nothing is told, before it commits. */
export interface TenderTransaction {
  /** The database's clock, read in this transaction: it decides every deadline. */
  readonly now: Instant;
  /** The tender, locked until the transaction ends. Throws `tender.unknown`. */
  load(tenderId: Uuid): Promise<Tender>;
  /** Writes the tender and its events; a tender that did not change and has no events is not written. */
  save(decision: Decision, before?: Tender): Promise<Tender>;
  /** Tells what happened beside the tender's own document. */
  tell(tenderId: Uuid, event: TenderEvent): Promise<void>;
  rehearsal(tenderId: Uuid): Promise<Rehearsal | undefined>;
  saveRehearsal(tenderId: Uuid, rehearsal: Rehearsal): Promise<void>;
  findQuestion(tenderId: Uuid, questionId: Uuid): Promise<Question | undefined>;
  countQuestions(tenderId: Uuid): Promise<number>;
  saveQuestion(question: Question): Promise<void>;
  tellClarification(question: Question): Promise<void>;
  /** Enters the asking as a commitment: who asked stays hidden. */
  sealAsking(question: Question, askerId: Uuid): Promise<void>;
}

export abstract class Tenders {
  /** Runs `work` in one transaction; the same idempotency key gives the first answer again. */
  abstract transact<T>(call: Call, work: (tx: TenderTransaction) => Promise<T>): Promise<T>;
  /** As {@link Tenders.transact}, at most once for an event: a second delivery does nothing. */
  abstract take(event: EventEnvelope, work: (tx: TenderTransaction) => Promise<void>): Promise<void>;
  abstract newId(): Uuid;
  abstract find(tenderId: Uuid): Promise<Tender | undefined>;
  abstract rehearsal(tenderId: Uuid): Promise<Rehearsal | undefined>;
  abstract list(filter: TenderFilter): Promise<Tender[]>;
  /** Published tenders whose deadline has passed on the database's clock. */
  abstract listDue(): Promise<Uuid[]>;
  abstract listQuestions(
    tenderId: Uuid,
    filter: { readonly answeredOnly: boolean; readonly after: Uuid | null; readonly limit: number },
  ): Promise<Question[]>;
}
