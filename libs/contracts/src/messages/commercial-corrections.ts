import { z } from 'zod';
import { command, event, query } from '../contract.js';
import { alias, decimal, tenderRef, text } from './common.js';
import { instant, sha256Hex, uuid } from './envelope.js';

/** Bids that one correction changes. */
const CHANGES_MAX = 20;
const REASON_CHARS_MAX = 1_000;

const id = z.string().max(64);
const change = z.strictObject({
  alias,
  /** `true` takes a bid out that was found to be void, `false` takes it back in. */
  rejected: z.boolean().optional(),
  /** What of the figures and labels that the method reads counts instead of what the bidder stated. */
  figures: z.record(id, decimal).optional(),
  labels: z.record(id, z.string().max(64)).optional(),
});
const changes = z.array(change).min(1).max(CHANGES_MAX);

const correction = z.object({
  correctionId: uuid,
  changes,
  reason: z.string(),
  proposedBy: uuid,
  proposedAt: instant,
  confirmedBy: uuid.nullable(),
  confirmedAt: instant.nullable(),
});

const path = '/api/v1/tenders/:tenderId/evaluation/corrections' as const;
const errors = [
  'tender.unknown',
  'tender.suspended',
  'tender.wrong-stage',
  'evaluation.not-yet',
  'evaluation.fixed',
] as const;

export const getCorrections = query('commercial-scoring', 'get-corrections', {
  summary: 'Versions of the evaluation, and the corrections that made them; one may wait for a supervisor',
  reads: 'public',
  access: 'public',
  http: { method: 'GET', path },
  request: tenderRef,
  response: z.object({
    version: z.number().int().positive(),
    hash: sha256Hex,
    proposal: correction.nullable(),
    /** Number n made version n + 1. */
    corrections: z.array(correction),
  }),
  errors: ['tender.unknown', 'evaluation.not-yet'],
});

export const proposeCorrection = command('commercial-scoring', 'propose-correction', {
  summary: 'The buyer proposes to correct the evaluation, with the reason, before the standstill begins',
  enters: ['correction-proposed'],
  access: ['buyer'],
  http: { method: 'POST', path },
  request: z.strictObject({ tenderId: uuid, changes, reason: text(REASON_CHARS_MAX) }),
  response: correction,
  errors: [
    ...errors,
    'bid.unknown',
    'correction.pending',
    'correction.changes-nothing',
    'correction.too-many',
  ],
});

export const decideCorrection = command('commercial-scoring', 'decide-correction', {
  summary: 'A supervisor confirms the correction, which makes a new version of the evaluation, or refuses it',
  enters: ['evaluation-corrected', 'correction-refused'],
  access: ['supervisor'],
  http: { method: 'POST', path: `${path}/:correctionId/decision` },
  request: z.strictObject({
    tenderId: uuid,
    correctionId: uuid,
    isConfirmed: z.boolean(),
    reason: text(REASON_CHARS_MAX),
  }),
  response: z.object({ version: z.number().int().positive(), hash: sha256Hex }),
  errors: [...errors, 'correction.unknown', 'correction.own'],
});

const isPublic = true;
const correctionId = uuid;

export const correctionProposed = event('commercial-scoring', 'correction-proposed', {
  summary: 'The buyer proposes to correct the evaluation; it counts once a supervisor confirms it',
  isPublic,
  data: z.object({ correctionId, changes, reason: z.string() }),
});
export const correctionRefused = event('commercial-scoring', 'correction-refused', {
  summary: 'A supervisor refused a correction of the evaluation',
  isPublic,
  data: z.object({ correctionId, reason: z.string() }),
});
export const evaluationCorrected = event('commercial-scoring', 'evaluation-corrected', {
  summary:
    'A supervisor confirmed a correction: the next version of the evaluation counts; its ranking follows',
  isPublic,
  data: z.object({
    correctionId,
    version: z.number().int().positive(),
    previousHash: sha256Hex,
    hash: sha256Hex,
    reason: z.string(),
    confirmation: z.string(),
  }),
});
