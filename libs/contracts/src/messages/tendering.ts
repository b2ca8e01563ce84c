import { z } from 'zod';
import { command, query } from '../contract.js';
import {
  alias,
  amount,
  attachment,
  envelopeId,
  groupErrors,
  jws,
  LIMITS,
  page,
  pageRequest,
  regionCode,
  signedErrors,
  storedObject,
  tenderRef,
  text,
  title,
} from './common.js';
import { instant, sha256Hex, uuid } from './envelope.js';
import { draftReading } from './draft-reading.js';
import { procedure } from './procedure.js';

/** The way of a tender from draft to award. */
export const WAY = [
  'draft',
  'published',
  'closed',
  'technical-opened',
  'scores-locked',
  'commercial-opened',
  'ranked',
  'standstill',
  'awarded',
] as const;
export type Way = typeof WAY;
/** Where a tender may stand: on its way, suspended somewhere on it, or ended without a result. */
export const STAGES = [...WAY, 'suspended', 'failed', 'cancelled'] as const;
export type Stage = (typeof STAGES)[number];

/** The published evaluation method; its own schema belongs to the evaluation library. */
export const methodDocument = z.record(z.string(), z.unknown());
export const descriptor = z.record(z.string(), z.unknown());

export const template = z.object({
  templateId: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
  category: z.enum(['works', 'goods', 'services']),
  procedure,
  clauses: z.array(z.object({ id: z.string(), title: z.string(), text: z.string() })),
  method: methodDocument,
});

/**
 * A supervisor's mailbox that has effect in a tender: the key of its log, and how long after the deadline its log may
 * be handed over. The tender closes no earlier.
 */
export const tenderMailbox = z.strictObject({
  verifierKey: text(LIMITS.noteKeyCharsMax),
  graceMinutes: z.number().int().min(10).max(1_440),
});

/** What a buyer writes; complete from the first save, changed freely until it is published. */
const draft = {
  title,
  regionCode,
  summary: text(LIMITS.textCharsMax),
  ceilingPrice: amount,
  currency: z.literal('CNY'),
  boq: attachment,
  documents: z.array(attachment).max(LIMITS.partsMax),
  method: methodDocument,
  deadlineAt: instant,
  trusteeIds: z.array(uuid).min(3).max(15),
  quorum: z.number().int().min(2).max(14),
  expertIds: z.array(uuid).min(1).max(15),
  /** Without it no mailbox has effect, and none can be added later. */
  mailbox: tenderMailbox.optional(),
};

const draftErrors = [
  'procedure.invalid',
  'method.invalid',
  'committee.invalid',
  'panel.invalid',
  'mailbox-key.invalid',
  'template.unknown',
  'document.unknown',
  'tender.unknown',
  'tender.wrong-stage',
  'region.not-served',
  'region.out-of-scope',
] as const;

export const suspensionCause = z.enum(['supervisor', 'opening-halted']);

/** While a tender is suspended: where on its way it stands still, since when, and all that has to go for it to go on. */
const suspension = z.object({
  stage: z.enum(WAY),
  since: instant,
  causes: z.array(
    z.object({
      cause: suspensionCause,
      envelopeId: envelopeId.nullable(),
      since: instant,
      reason: z.string(),
    }),
  ),
});

export const tenderView = z.object({
  tenderId: uuid,
  stage: z.enum(STAGES),
  templateId: z.string(),
  procedure,
  title: z.object({ zh: z.string(), en: z.string() }),
  regionCode: z.string(),
  summary: z.string(),
  clauses: z.array(z.object({ id: z.string(), title: z.string(), text: z.string() })),
  ceilingPrice: z.string(),
  currency: z.string(),
  boq: attachment,
  documents: z.array(attachment),
  method: methodDocument,
  deadlineAt: instant,
  questionsUntil: instant.nullable(),
  publishedAt: instant.nullable(),
  standstillEndsAt: instant.nullable(),
  trustees: z.array(z.object({ personId: uuid, statementReceived: z.boolean() })),
  quorum: z.number().int(),
  mailbox: tenderMailbox.nullable(),
  tid: sha256Hex.nullable(),
  suspension: suspension.nullable(),
  reason: z.string().nullable(),
  award: z.object({ alias, price: z.string() }).nullable(),
});

export const listTemplates = query('tendering', 'list-templates', {
  summary: 'Templates that a tender can be made from',
  access: ['buyer'],
  reads: 'public',
  http: { method: 'GET', path: '/api/v1/templates' },
  request: z.strictObject({ ...pageRequest }),
  response: page(template),
});

export const createTender = command('tendering', 'create-tender', {
  summary: 'A buyer makes a draft from a template',
  access: ['buyer'],
  enters: ['draft-saved'],
  http: { method: 'POST', path: '/api/v1/tenders' },
  request: z.strictObject({ templateId: text(100), ...draft }),
  response: tenderView,
  errors: draftErrors,
});

export const updateDraft = command('tendering', 'update-draft', {
  summary: 'The buyer changes a draft as a whole',
  access: ['buyer'],
  enters: ['draft-saved'],
  http: { method: 'PUT', path: '/api/v1/tenders/:tenderId' },
  request: z.strictObject({ tenderId: uuid, ...draft }),
  response: tenderView,
  errors: draftErrors,
});

export const submitTrusteeStatement = command('tendering', 'submit-trustee-statement', {
  summary: 'A trustee hands in the signed statement of the key made for this tender',
  access: ['trustee'],
  enters: ['trustee-statement-received'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/trustee-statements' },
  request: z.strictObject({ tenderId: uuid, statement: jws }),
  response: z.object({ statementSha256: sha256Hex }),
  errors: [
    'tender.unknown',
    'tender.wrong-stage',
    'trustee.not-appointed',
    'statement.invalid',
    'statement.proof-invalid',
    'suite.unknown',
    ...groupErrors,
    ...signedErrors,
  ],
});

export const publishTender = command('tendering', 'publish-tender', {
  summary: 'The buyer publishes: notice, descriptor and method are fixed from here on',
  access: ['buyer'],
  enters: ['tender-published'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/publish' },
  request: tenderRef,
  response: tenderView,
  errors: [
    'tender.unknown',
    'tender.wrong-stage',
    'deadline.too-early',
    'committee.incomplete',
    'method.invalid',
    'region.out-of-scope',
  ],
});

export const cancelTender = command('tendering', 'cancel-tender', {
  summary: 'The buyer cancels, with the reason',
  access: ['buyer'],
  enters: ['tender-cancelled'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/cancel' },
  request: z.strictObject({ tenderId: uuid, reason: text(1_000) }),
  response: tenderView,
  errors: ['tender.unknown', 'tender.wrong-stage'],
});

export const getTender = query('tendering', 'get-tender', {
  summary: 'A tender as published; a draft only for its buyer, its trustees and supervisors',
  access: 'public',
  reads: ({ answer, actor }) => draftReading(answer.publishedAt !== null, actor),
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId' },
  request: tenderRef,
  response: tenderView,
  errors: ['tender.unknown'],
});

export const listTenders = query('tendering', 'list-tenders', {
  summary: 'Published tenders, newest first; `mine` gives the own drafts and tasks of buyer, trustee, expert',
  access: 'public',
  reads: ({ answer, actor }) =>
    draftReading(
      answer.items.every(({ publishedAt }) => publishedAt !== null),
      actor,
    ),
  http: { method: 'GET', path: '/api/v1/tenders' },
  request: z.strictObject({
    stage: z.enum(STAGES).optional(),
    regionCode: regionCode.optional(),
    mine: z.enum(['true', 'false']).optional(),
    ...pageRequest,
  }),
  response: page(tenderView),
});

export const readTenderDocument = query('tendering', 'read-tender-document', {
  summary: 'A document of a published tender',
  access: 'public',
  reads: ({ answer, actor }) => draftReading(answer.isPublished, actor),
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/documents/:sha256', answer: 'object' },
  request: z.strictObject({ tenderId: uuid, sha256: sha256Hex }),
  response: storedObject.extend({ isPublished: z.boolean() }),
  errors: ['tender.unknown', 'document.unknown'],
});

export const startStandstill = command('tendering', 'start-standstill', {
  summary: 'The buyer accepts the ranking and announces the candidates',
  access: ['buyer'],
  enters: ['standstill-started'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/standstill' },
  request: tenderRef,
  response: tenderView,
  errors: ['tender.unknown', 'tender.wrong-stage', 'tender.suspended'],
});

export const awardTender = command('tendering', 'award-tender', {
  summary: 'After the standstill the buyer awards to the first in the ranking',
  access: ['buyer'],
  enters: ['tender-awarded'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/award' },
  request: tenderRef,
  response: tenderView,
  errors: ['tender.unknown', 'tender.wrong-stage', 'tender.suspended', 'standstill.not-over'],
});
