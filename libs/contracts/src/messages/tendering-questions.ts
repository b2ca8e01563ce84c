import { z } from 'zod';
import { command, query } from '../contract.js';
import { LIMITS, page, pageRequest, text } from './common.js';
import { draftReading } from './draft-reading.js';
import { instant, uuid } from './envelope.js';

const clarification = z.object({
  questionId: uuid,
  question: z.string(),
  answer: z.string().nullable(),
  askedAt: instant,
  answeredAt: instant.nullable(),
});

export const askQuestion = command('tendering', 'ask-question', {
  summary: 'A bidder asks; the author stays hidden',
  access: ['bidder'],
  enters: ['question-asked'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/questions' },
  request: z.strictObject({ tenderId: uuid, question: text(LIMITS.textCharsMax) }),
  response: z.object({ questionId: uuid }),
  errors: [
    'tender.unknown',
    'tender.wrong-stage',
    'tender.suspended',
    'question.too-late',
    'question.too-many',
  ],
});

export const answerQuestion = command('tendering', 'answer-question', {
  summary: 'The buyer answers for everybody',
  access: ['buyer'],
  enters: ['clarification-published'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/questions/:questionId/answer' },
  request: z.strictObject({ tenderId: uuid, questionId: uuid, answer: text(LIMITS.textCharsMax) }),
  response: clarification,
  errors: [
    'tender.unknown',
    'tender.wrong-stage',
    'tender.suspended',
    'question.unknown',
    'question.already-answered',
  ],
});

export const listQuestions = query('tendering', 'list-questions', {
  summary: 'Answered questions for everyone, open ones too for the buyer',
  access: 'public',
  reads: ({ answer, actor }) =>
    draftReading(
      answer.items.every((question) => question.answer !== null),
      actor,
    ),
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/questions' },
  request: z.strictObject({ tenderId: uuid, ...pageRequest }),
  response: page(clarification),
  errors: ['tender.unknown'],
});
