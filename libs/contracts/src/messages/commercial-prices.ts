import { z } from 'zod';
import { command, event, query } from '../contract.js';
import { alias, exact, part, tenderRef, text } from './common.js';
import { instant, sha256Hex, uuid } from './envelope.js';

/** How long a bidder has to explain a price: whole hours, the least and the most. */
export const EXPLANATION_HOURS = { min: 1, max: 336 } as const;
const PRICE_TEXT_CHARS_MAX = 4_000;

/** Where the clarification of a price stands. The ranking waits while one is not decided. */
export const priceState = z.enum(['flagged', 'asked', 'answered', 'accepted', 'rejected']);
export type PriceState = z.infer<typeof priceState>;

/** A text for those whom it concerns; SHA-256(salt ‖ text in UTF-8) is what the ledger has of it. */
const keptText = z.object({ text: z.string(), salt: sha256Hex, sha256: sha256Hex, at: instant });

/** What the method measured, and the limit that made it a question. */
const raised = z.object({ id: z.string(), measure: exact, limit: exact });

const clarification = z.object({
  alias,
  state: priceState,
  flags: z.array(raised),
  question: keptText.nullable(),
  answerUntil: instant.nullable(),
  answer: keptText.nullable(),
  reason: z.string().nullable(),
  decidedAt: instant.nullable(),
});

const dialogueErrors = [
  'tender.unknown',
  'tender.suspended',
  'tender.wrong-stage',
  'price.none-in-question',
  'price.not-flagged',
  'bid.unknown',
] as const;
const path = '/api/v1/tenders/:tenderId/abnormal-prices' as const;

export const getAbnormalPrices = query('commercial-scoring', 'get-abnormal-prices', {
  summary:
    'Prices that the method calls abnormally low, with question, answer and decision; a bidder sees the own',
  reads: 'confidential',
  access: ['buyer', 'supervisor', 'bidder'],
  http: { method: 'GET', path },
  request: tenderRef,
  response: z.object({ items: z.array(clarification) }),
  errors: ['tender.unknown'],
});

export const askAboutPrice = command('commercial-scoring', 'ask-about-price', {
  summary: 'The buyer asks a bidder to explain an abnormally low price, with a time to answer',
  enters: ['price-asked'],
  access: ['buyer'],
  http: { method: 'POST', path: `${path}/:alias/question` },
  request: z.strictObject({
    tenderId: uuid,
    alias,
    question: text(PRICE_TEXT_CHARS_MAX),
    hours: z.number().int().min(EXPLANATION_HOURS.min).max(EXPLANATION_HOURS.max),
  }),
  response: clarification,
  errors: [...dialogueErrors, 'price.already-asked'],
});

export const explainPrice = command('commercial-scoring', 'explain-price', {
  summary: 'The bidder explains the own price, once, while the time lasts',
  enters: ['price-explained'],
  access: ['bidder'],
  http: { method: 'POST', path: `${path}/:alias/answer` },
  request: z.strictObject({ tenderId: uuid, alias, answer: text(PRICE_TEXT_CHARS_MAX) }),
  response: clarification,
  errors: [...dialogueErrors, 'price.not-asked', 'price.answer-late'],
});

export const decidePrice = command('commercial-scoring', 'decide-price', {
  summary:
    'The buyer accepts the price, or rejects the bid after an answer or after the time for one, with the reason',
  enters: ['price-decided'],
  access: ['buyer'],
  http: { method: 'POST', path: `${path}/:alias/decision` },
  request: z.strictObject({
    tenderId: uuid,
    alias,
    decision: z.enum(['accepted', 'rejected']),
    reason: text(PRICE_TEXT_CHARS_MAX),
  }),
  response: clarification,
  errors: [...dialogueErrors, 'price.already-decided', 'price.not-heard'],
});

export const pricesFlagged = event('commercial-scoring', 'prices-flagged', {
  summary:
    'The method calls these prices abnormally low: the ranking waits for the buyer’s decisions; in parts',
  isPublic: true,
  data: z.object({ ...part, prices: z.array(z.object({ alias, flags: z.array(raised) })) }),
});
export const priceAsked = event('commercial-scoring', 'price-asked', {
  summary: 'The buyer asked a bidder to explain its price; the hash is of salt and text',
  isPublic: true,
  data: z.object({ alias, questionSha256: sha256Hex, answerUntil: instant }),
});
export const priceExplained = event('commercial-scoring', 'price-explained', {
  summary: 'The bidder explained its price; the hash is of salt and text',
  isPublic: true,
  data: z.object({ alias, answerSha256: sha256Hex }),
});
export const explanationProlonged = event('commercial-scoring', 'explanation-prolonged', {
  summary: 'A suspension is over: the time to explain a price ends as much later',
  isPublic: true,
  data: z.object({ alias, answerUntil: instant }),
});
export const priceDecided = event('commercial-scoring', 'price-decided', {
  summary: 'The buyer accepted an abnormally low price or rejected its bid, with the reason',
  isPublic: true,
  data: z.object({ alias, decision: z.enum(['accepted', 'rejected']), reason: z.string() }),
});
