import { z } from 'zod';
import { event } from '../contract.js';
import { alias, attachment } from './common.js';
import { instant, sha256Hex, uuid } from './envelope.js';
import { descriptor, methodDocument } from './tendering.js';

export const tenderPublished = event('tendering', 'tender-published', {
  summary: 'A tender was published with its descriptor and method',
  isPublic: true,
  data: z.object({
    tid: sha256Hex,
    descriptor,
    method: methodDocument,
    title: z.object({ zh: z.string(), en: z.string() }),
    regionCode: z.string(),
    ceilingPrice: z.string(),
    deadlineAt: instant,
    boq: attachment,
    trustees: z.array(z.object({ i: z.number().int(), personId: uuid, certificateSha256: sha256Hex })),
    expertIds: z.array(uuid),
    bidsMin: z.number().int(),
  }),
});
export const draftSaved = event('tendering', 'draft-saved', {
  summary: 'A draft was made or changed',
  data: z.object({ templateId: z.string(), draftSha256: sha256Hex }),
});
export const trusteeStatementReceived = event('tendering', 'trustee-statement-received', {
  summary: 'A trustee handed in the key statement for a tender',
  data: z.object({ personId: uuid, statementSha256: sha256Hex }),
});
export const clarificationPublished = event('tendering', 'clarification-published', {
  summary: 'A question was answered for everybody',
  isPublic: true,
  data: z.object({ questionId: uuid, question: z.string(), answer: z.string() }),
});
export const tenderClosed = event('tendering', 'tender-closed', {
  summary: 'The deadline has passed',
  isPublic: true,
  data: z.object({ deadlineAt: instant, closedAt: instant }),
});
export const tenderFailed = event('tendering', 'tender-failed', {
  summary: 'The tender ended without a result',
  isPublic: true,
  data: z.object({ reason: z.string() }),
});
export const tenderCancelled = event('tendering', 'tender-cancelled', {
  summary: 'The buyer cancelled the tender',
  isPublic: true,
  data: z.object({ reason: z.string() }),
});
export const standstillStarted = event('tendering', 'standstill-started', {
  summary: 'The candidates were announced',
  isPublic: true,
  data: z.object({ endsAt: instant, first: alias }),
});
export const tenderAwarded = event('tendering', 'tender-awarded', {
  summary: 'The tender was awarded',
  isPublic: true,
  data: z.object({ alias, price: z.string() }),
});
