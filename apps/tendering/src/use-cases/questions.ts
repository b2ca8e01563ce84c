import { DomainError } from '#kernel';
import type { answerQuestion, askQuestion, listQuestions, RequestOf, ResponseOf } from '#contracts';
import type { Call } from '#service';
import { isReached } from '../domain/schedule.js';
import { requireStage } from '../domain/stages.js';
import { requireOwner, requireVisible } from './tender-view.js';
import type { Question, Tenders } from './tenders.port.js';

/** Enough for the largest works; more than that is a flood. */
const QUESTIONS_PER_TENDER_MAX = 500;

export async function ask(
  tenders: Tenders,
  { tenderId, question }: RequestOf<typeof askQuestion>,
  call: Call,
): Promise<ResponseOf<typeof askQuestion>> {
  return tenders.transact(call, async (tx) => {
    const tender = requireVisible(await tx.load(tenderId), call.actor, tenderId);
    requireStage(tender, 'published');
    const until = tender.publication!.questionsUntil;
    if (isReached(until, tx.now)) {
      throw new DomainError('question.too-late', `Questions were taken until ${until}.`, { until });
    }
    if ((await tx.countQuestions(tenderId)) >= QUESTIONS_PER_TENDER_MAX) {
      throw new DomainError('question.too-many', 'This tender takes no more questions.');
    }
    const questionId = tenders.newId();
    const asked: Question = {
      questionId,
      tenderId,
      question,
      answer: null,
      askedAt: tx.now,
      answeredAt: null,
    };
    await tx.saveQuestion(asked);
    await tx.sealAsking(asked, call.actor!.personId);
    return { questionId };
  });
}

export async function answer(
  tenders: Tenders,
  { tenderId, questionId, answer: text }: RequestOf<typeof answerQuestion>,
  call: Call,
): Promise<ResponseOf<typeof answerQuestion>> {
  return tenders.transact(call, async (tx) => {
    const tender = requireOwner(await tx.load(tenderId), call.actor);
    requireStage(tender, 'published');
    const asked = await tx.findQuestion(tenderId, questionId);
    if (!asked) throw new DomainError('question.unknown', 'There is no such question in this tender.');
    if (asked.answer !== null) {
      throw new DomainError(
        'question.already-answered',
        'This question was answered; an answer is not changed.',
      );
    }
    const answered: Question = { ...asked, answer: text, answeredAt: tx.now };
    await tx.saveQuestion(answered);
    await tx.tellClarification(answered);
    return answered;
  });
}

export async function list(
  tenders: Tenders,
  { tenderId, after, limit }: RequestOf<typeof listQuestions>,
  call: Call,
): Promise<ResponseOf<typeof listQuestions>> {
  const tender = requireVisible(await tenders.find(tenderId), call.actor, tenderId);
  const answeredOnly = call.actor?.personId !== tender.buyerId;
  const items = await tenders.listQuestions(tenderId, { answeredOnly, after: after ?? null, limit });
  return { items, next: items.length === limit ? items.at(-1)!.questionId : null };
}
