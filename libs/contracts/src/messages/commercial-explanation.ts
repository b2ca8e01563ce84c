import { z } from 'zod';
import { query } from '../contract.js';
import { alias } from './common.js';
import { sha256Hex, uuid } from './envelope.js';

export const explainOffer = query('commercial-scoring', 'explain-offer', {
  summary:
    'How one bid was scored, a sentence a step; to its bidder once scores are locked, to everyone after the award',
  access: 'public',
  // The sentences are those of results that are public then, of scores and of the evaluation.
  reads: 'public',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/evaluation/explanations/:alias' },
  request: z.strictObject({ tenderId: uuid, alias, language: z.enum(['zh', 'en']).default('zh') }),
  response: z.object({
    alias,
    /** Of the evaluation whose trace the sentences are; null while only the technical scores are there. */
    hash: sha256Hex.nullable(),
    rank: z.number().int().nullable(),
    total: z.object({ exact: z.string(), rounded: z.string() }).nullable(),
    sentences: z.array(z.string()),
  }),
  errors: ['tender.unknown', 'tender.wrong-stage', 'scoring.not-locked', 'bid.unknown'],
});
