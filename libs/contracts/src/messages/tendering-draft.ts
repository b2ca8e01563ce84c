import { z } from 'zod';
import { query } from '../contract.js';
import { tenderRef } from './common.js';
import { createTender } from './tendering.js';

export const getDraft = query('tendering', 'get-draft', {
  summary: 'What the buyer last wrote, the experts included, for its buyer alone',
  access: ['buyer'],
  reads: 'own',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/draft' },
  request: tenderRef,
  response: z.object(createTender.request.shape),
  errors: ['tender.unknown'],
});
