import { z } from 'zod';
import { event, query } from '../contract.js';
import { sha256Hex, uuid } from './envelope.js';

const variation = z.object({
  change: z.enum(['without-bid', 'without-expert', 'price-weight-up', 'price-weight-down']),
  subject: z.string(),
  winner: z.string().nullable(),
});

const version = z.number().int().positive();

export const getRobustness = query('commercial-scoring', 'get-robustness', {
  summary:
    'Whether another bid would be first without any one bid or expert, or with the price weighing one percent point more or less',
  reads: 'public',
  access: 'public',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/evaluation/robustness' },
  request: z.strictObject({ tenderId: uuid, version: z.coerce.number().int().min(1).max(1_000).optional() }),
  response: z.object({
    version,
    /** Of the evaluation that was varied. */
    hash: sha256Hex,
    winner: z.string().nullable(),
    /** Each was run; those after which somebody else is first stand in `sensitive` again. */
    variations: z.array(variation),
    sensitive: z.array(variation),
  }),
  errors: ['tender.unknown', 'evaluation.not-yet', 'evaluation.version-unknown', 'report.not-yet'],
});

export const robustnessReported = event('commercial-scoring', 'robustness-reported', {
  summary:
    'How firm the ranking is: how many variations were tried, and after how many somebody else is first',
  isPublic: true,
  data: z.object({
    version,
    hash: sha256Hex,
    tried: z.number().int().nonnegative(),
    sensitive: z.number().int().nonnegative(),
    /** SHA-256 of the JCS of `{winner, variations, sensitive}`. */
    reportSha256: sha256Hex,
  }),
});
