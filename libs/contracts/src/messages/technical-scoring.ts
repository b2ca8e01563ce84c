import { z } from 'zod';
import { command, event, query } from '../contract.js';
import {
  alias,
  decimal,
  exact,
  jws,
  paged,
  pageNumber,
  part,
  signedErrors,
  storedObject,
  text,
} from './common.js';
import { instant, sha256Hex, uuid } from './envelope.js';

const criterion = z.object({
  id: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
  pointsMax: z.string(),
});
const scores = z.record(z.string().max(50), decimal);

/** What an expert signs: every criterion of every alias, in one piece or several of which each has some aliases. */
export const scoreSheet = z.strictObject({
  v: z.literal(1),
  tenderId: uuid,
  scores: z.record(alias, scores),
  reasons: z.record(alias, text(1_000)),
});
export type ScoreSheet = z.infer<typeof scoreSheet>;

const scoringErrors = [
  'tender.unknown',
  'tender.suspended',
  'scoring.not-open',
  'expert.not-appointed',
] as const;

export const declareConflicts = command('technical-scoring', 'declare-conflicts', {
  summary: 'An expert declares to have no conflict, or steps back with the reason',
  access: ['expert'],
  enters: ['declaration-made'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/scoring/declaration' },
  request: z.strictObject({ tenderId: uuid, hasConflict: z.boolean(), reason: text(1_000).optional() }),
  response: z.object({ declaredAt: instant }),
  errors: [...scoringErrors, 'declaration.already-made'],
});

export const getScoringWork = query('technical-scoring', 'get-scoring-work', {
  summary: 'Criteria, aliases with their documents, and the own draft of these; in pages',
  access: ['expert'],
  reads: 'confidential',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/scoring' },
  request: z.strictObject({ tenderId: uuid, ...pageNumber }),
  response: z.object({
    ...paged,
    criteria: z.array(criterion),
    bids: z.array(
      z.object({
        alias,
        parts: z.array(
          z.object({ name: z.string(), mediaType: z.string(), sha256: sha256Hex, size: z.number() }),
        ),
      }),
    ),
    draft: z.record(alias, scores),
    /** The own reasons of the draft, where some were written. */
    reasons: z.record(alias, z.string()),
    declaredAt: instant.nullable(),
    signedAt: instant.nullable(),
  }),
  errors: [...scoringErrors, 'declaration.missing'],
});

export const readPart = query('technical-scoring', 'read-part', {
  summary: 'One document of a blind bid',
  access: ['expert'],
  reads: 'confidential',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/scoring/:alias/parts/:sha256', answer: 'object' },
  request: z.strictObject({ tenderId: uuid, alias, sha256: sha256Hex }),
  response: storedObject,
  errors: [...scoringErrors, 'declaration.missing', 'document.unknown'],
});

export const saveScores = command('technical-scoring', 'save-scores', {
  summary: 'The expert keeps a draft for one alias',
  access: ['expert'],
  enters: ['scores-drafted'],
  http: { method: 'PUT', path: '/api/v1/tenders/:tenderId/scoring/:alias' },
  request: z.strictObject({ tenderId: uuid, alias, scores, reason: text(1_000).optional() }),
  response: z.object({ savedAt: instant }),
  errors: [
    ...scoringErrors,
    'declaration.missing',
    'sheet.already-signed',
    'score.out-of-range',
    'bid.unknown',
  ],
});

export const signSheet = command('technical-scoring', 'sign-sheet', {
  summary:
    'The expert signs the sheet, in pieces if it is long; the last expert’s last piece locks all scores',
  access: ['expert'],
  enters: ['sheet-signed'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/scoring/signature' },
  /** `isPartial`: marks of some bids, others follow. Without it the sheet is complete with this piece. */
  request: z.strictObject({ tenderId: uuid, sheet: jws, isPartial: z.boolean().default(false) }),
  response: z.object({ signedAt: instant, isLocked: z.boolean() }),
  errors: [
    ...scoringErrors,
    'declaration.missing',
    'sheet.already-signed',
    'sheet.incomplete',
    'score.out-of-range',
    'bid.unknown',
    ...signedErrors,
  ],
});

/** Technical scores by alias, computed by the published panel rule. */
const technicalScore = z.object({ alias, score: exact, rounded: z.string(), isPassed: z.boolean() });
const panelSheet = z.object({ expert: uuid, bid: alias, scores });

export const getTechnicalResult = query('technical-scoring', 'get-technical-result', {
  summary: 'Locked technical scores by alias with every sheet, in pages',
  access: 'public',
  reads: 'public',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/technical-result' },
  request: z.strictObject({ tenderId: uuid, ...pageNumber }),
  response: z.object({
    ...paged,
    lockedAt: instant,
    results: z.array(technicalScore),
    sheets: z.array(panelSheet),
    signatures: z.array(z.object({ expert: uuid, sheet: jws })),
  }),
  errors: ['tender.unknown', 'scoring.not-locked'],
});

export const declarationMade = event('technical-scoring', 'declaration-made', {
  summary: 'An expert declared conflicts or none',
  data: z.object({ hasConflict: z.boolean() }),
});
export const sheetSigned = event('technical-scoring', 'sheet-signed', {
  summary: 'An expert signed; the scores stay closed until all have',
  data: z.object({ sheetSha256: sha256Hex }),
});
export const scoresLocked = event('technical-scoring', 'scores-locked', {
  summary: 'All sheets are signed: the technical scores are fixed; in parts, results before sheets',
  isPublic: true,
  data: z.object({ ...part, results: z.array(technicalScore), sheets: z.array(panelSheet) }),
});
