import { z } from 'zod';
import { event, query } from '../contract.js';
import { alias, paged, pageNumber, part, storedObject } from './common.js';
import { instant, sha256Hex, uuid } from './envelope.js';

/** `offer.json` of a commercial envelope: the price that counts. */
export const offer = z.strictObject({
  v: z.literal(1),
  price: z.string().regex(/^(?:0|[1-9]\d{0,14})(?:\.\d{1,2})?$/),
  currency: z.literal('CNY'),
});

const boqFinding = z.object({
  code: z.string(),
  row: z.number().int().nullable(),
  item: z.string().nullable(),
  message: z.string(),
  severity: z.enum(['error', 'flag']).optional(),
  sheet: z.string().nullable().optional(),
  cell: z.string().nullable().optional(),
  expected: z.string().nullable().optional(),
  found: z.string().nullable().optional(),
});

const evaluationDocument = z.object({
  method: z.record(z.string(), z.unknown()),
  bids: z.array(z.record(z.string(), z.unknown())),
  panel: z.array(z.record(z.string(), z.unknown())),
  draws: z.record(z.string(), z.unknown()),
  result: z.record(z.string(), z.unknown()),
});

export const getEvaluation = query('commercial-scoring', 'get-evaluation', {
  summary:
    'Method, inputs and result with its whole trace: enough to recompute it; its long lists come in pages',
  access: 'public',
  reads: 'public',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/evaluation' },
  request: z.strictObject({ tenderId: uuid, ...pageNumber }),
  response: z.object({
    ...paged,
    evaluatedAt: instant,
    hash: sha256Hex,
    document: evaluationDocument,
    boqChecks: z.array(z.object({ alias, isConsistent: z.boolean(), findings: z.array(boqFinding) })),
  }),
  errors: ['tender.unknown', 'evaluation.not-yet'],
});

const language = z.enum(['zh', 'en']).default('zh');
const reportErrors = ['tender.unknown', 'evaluation.not-yet', 'report.not-yet'] as const;

export const getBoqComparison = query('commercial-scoring', 'get-boq-comparison', {
  summary:
    'Workbook of all bids beside each other: unit prices, and how far they are from the estimate and the mean',
  access: ['buyer', 'supervisor'],
  reads: 'confidential',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/boq/comparison', answer: 'object' },
  request: z.strictObject({ tenderId: uuid, language }),
  response: storedObject,
  errors: [...reportErrors, 'report.too-large'],
});

export const getBoqReport = query('commercial-scoring', 'get-boq-report', {
  summary: 'Workbook of what was found in one bill, with cells and both figures; a bidder sees the own',
  access: ['buyer', 'supervisor', 'bidder'],
  reads: 'confidential',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/boq/reports/:alias', answer: 'object' },
  request: z.strictObject({ tenderId: uuid, alias, language }),
  response: storedObject,
  errors: [...reportErrors, 'bid.unknown'],
});

export const rankingEntry = z.object({
  alias,
  rank: z.number().int().nullable(),
  price: z.string(),
  total: z.string().nullable(),
});

export const rankingMade = event('commercial-scoring', 'ranking-made', {
  summary: 'The commercial evaluation was computed; the ranking in parts, the first bid in the first',
  isPublic: true,
  data: z.object({
    outcome: z.enum(['ranked', 'failed']),
    hash: sha256Hex,
    ...part,
    ranking: z.array(rankingEntry),
  }),
});
