import { z } from 'zod';
import { command, query } from '../contract.js';
import {
  alias,
  envelopeId,
  groupErrors,
  jws,
  paged,
  pageNumber,
  share,
  signedErrors,
  storedObject,
  text,
} from './common.js';
import { instant, sha256Hex, uuid } from './envelope.js';
import { closeRecord, openedItem, openingFault, openingStage } from './vault-opening-events.js';
import { reveal } from './vault-intake.js';

/** Limits of the opening ceremony. */
export const OPENING_LIMITS = {
  /** Shares in one request. */
  sharesMax: 200,
  objectionCharsMax: 2_000,
} as const;

const openingErrors = ['tender.unknown', 'opening.not-yet', 'opening.not-entitled'] as const;
const sessionErrors = [
  ...openingErrors,
  'tender.suspended',
  'opening.already-done',
  'opening.halted',
  'opening.failed',
] as const;

const openingRef = { tenderId: uuid, envelopeId };
const seat = { trusteeIndex: z.number().int().positive() };

export const attendOpening = command('vault', 'attend-opening', {
  summary: 'A trustee is here: the first one begins the session',
  access: ['trustee'],
  enters: ['trustee-attended'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/openings/:envelopeId/attendance' },
  request: z.strictObject(openingRef),
  response: z.object({ ...seat, stage: openingStage, attended: z.number().int(), endsAt: instant }),
  errors: sessionErrors,
});

export const getOpeningWork = query('vault', 'get-opening-work', {
  summary: 'What a trustee has to open, in pages: the close record with its list, and the signed manifests',
  access: ['trustee'],
  reads: 'confidential',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/openings/:envelopeId/work' },
  request: z.strictObject({ ...openingRef, ...pageNumber }),
  response: z.object({
    ...seat,
    close: closeRecord,
    ...paged,
    /** A page of the list that the close record names by its hash, of all kinds of envelopes. */
    listed: z.array(sha256Hex),
    manifests: z.array(jws),
  }),
  errors: openingErrors,
});

export const submitShares = command('vault', 'submit-shares', {
  summary: 'A trustee gives shares, in pieces; they count once there is one for every envelope of the kind',
  access: ['trustee'],
  enters: ['shares-taken', 'shares-given', 'share-refused'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/openings/:envelopeId/shares' },
  request: z.strictObject({
    ...openingRef,
    shares: z
      .array(z.strictObject({ manifestSha256: sha256Hex, share }))
      .min(1)
      .max(OPENING_LIMITS.sharesMax),
  }),
  response: z.object({
    stage: openingStage,
    /** Shares of this trustee so far, of how many. */
    given: z.number().int(),
    of: z.number().int(),
    /** Trustees who have given all of theirs, and how many are needed. */
    present: z.number().int(),
    quorum: z.number().int(),
  }),
  errors: [...sessionErrors, ...groupErrors, 'share.malformed', 'share.proof-invalid', 'share.unexpected'],
});

export const objectToOpening = command('vault', 'object-to-opening', {
  summary: 'A trustee, or a bidder who took part, objects during the session; it stands in the record',
  access: ['trustee', 'bidder'],
  enters: ['objection-recorded'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/openings/:envelopeId/objections' },
  request: z.strictObject({ ...openingRef, text: text(OPENING_LIMITS.objectionCharsMax) }),
  response: z.object({ recordedAt: instant }),
  errors: [...openingErrors, 'objection.not-open', 'objection.too-many'],
});

export const revealRescue = command('vault', 'reveal-rescue', {
  summary: 'After the quorum failed a bidder reveals the own rescue identity; hidden until the window ends',
  access: ['bidder'],
  enters: ['rescue-revealed'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/openings/:envelopeId/rescue' },
  request: z.strictObject({ ...openingRef, identity: z.string().regex(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/) }),
  response: z.object({ revealedAt: instant, rescueUntil: instant, reveal }),
  errors: [
    'tender.unknown',
    'tender.suspended',
    'opening.not-yet',
    'bid.unknown',
    'rescue.not-open',
    'rescue.already-revealed',
    'bidder-key.not-released',
    'rescue.identity-wrong',
  ],
});

export const releaseBidderKey = command('vault', 'release-bidder-key', {
  summary: 'A bidder releases the key of its own, signed; hidden until the envelopes of the kind are open',
  access: ['bidder'],
  enters: ['bidder-key-released'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/openings/:envelopeId/bidder-key' },
  request: z.strictObject({ ...openingRef, release: jws }),
  response: z.object({ releasedAt: instant, until: instant, reveal }),
  errors: [
    'tender.unknown',
    'opening.not-yet',
    'bid.unknown',
    'bid.other-organisation',
    'suite.unknown',
    'bidder-key.not-open',
    'bidder-key.already-released',
    'bidder-key.malformed',
    'bidder-key.other-envelope',
    'bidder-key.wrong',
    ...signedErrors,
  ],
});

export const resumeOpening = command('vault', 'resume-opening', {
  summary: 'The true envelopes are back from the backup: a supervisor lets them be checked again and goes on',
  access: ['supervisor'],
  enters: ['opening-resumed'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/openings/:envelopeId/resumption' },
  request: z.strictObject(openingRef),
  response: z.object({ stage: openingStage }),
  errors: [
    'tender.unknown',
    'tender.suspended',
    'opening.not-yet',
    'opening.not-halted',
    'region.out-of-scope',
  ],
});

const trusteeOfRecord = z.object({
  ...seat,
  attendedAt: instant.nullable(),
  given: z.number().int(),
  completedAt: instant.nullable(),
  refused: z.array(z.object({ manifestSha256: sha256Hex, code: z.string(), at: instant })),
});

const openingOfRecord = z.object({
  envelopeId,
  stage: openingStage,
  openedBy: z.enum(['trustees', 'bidders']).nullable(),
  opensAt: instant,
  endsAt: instant,
  /** The window for keys of bidders' own, where the procedure asks for them; how many came shows when it is over. */
  bidderKeys: z
    .object({ until: instant, closedAt: instant.nullable(), released: z.number().int().nullable() })
    .nullable(),
  rescueUntil: instant.nullable(),
  openedAt: instant.nullable(),
  quorum: z.number().int(),
  envelopes: z.number().int(),
  /** Trustees who gave all their shares. */
  trusteesPresent: z.array(z.number().int()),
  trustees: z.array(trusteeOfRecord),
  halted: z
    .object({
      at: instant,
      fault: openingFault,
      count: z.number().int(),
      manifestSha256s: z.array(sha256Hex),
    })
    .nullable(),
  objections: z.array(
    z.object({
      by: z.enum(['trustee', 'bidder']),
      trusteeIndex: z.number().int().nullable(),
      at: instant,
      text: z.string(),
    }),
  ),
  items: z.array(openedItem.omit({ parts: true })),
});

const sealedEnvelope = z.object({ alias, envelopeId, manifestSha256: sha256Hex });

export const getOpeningRecord = query('vault', 'get-opening-record', {
  summary: 'The opening record: who, when, which, with what result; its long lists come in pages',
  access: 'public',
  reads: 'public',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/openings' },
  request: z.strictObject({ tenderId: uuid, ...pageNumber }),
  response: z.object({
    ...paged,
    close: closeRecord.nullable(),
    openings: z.array(openingOfRecord),
    bidders: z.array(
      z.object({ alias, organisationId: uuid, name: z.string(), certificateSha256: sha256Hex }),
    ),
    leftSealed: z.array(sealedEnvelope),
    reveals: z.array(reveal),
  }),
  errors: ['tender.unknown'],
});

export const getOpeningProofs = query('vault', 'get-opening-proofs', {
  summary: 'Manifests and shares, in pages: with them anyone makes the published identities anew',
  access: 'public',
  reads: 'public',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/openings/:envelopeId/proofs' },
  request: z.strictObject({ ...openingRef, ...pageNumber }),
  response: z.object({
    ...paged,
    manifests: z.array(z.object({ alias, manifest: jws })),
    /** Signed releases of bidders' own keys, where the tender asks for them. */
    releases: z.array(z.object({ alias, release: jws })),
    shares: z.array(z.object({ trusteeIndex: z.number().int(), shares: z.record(sha256Hex, share) })),
  }),
  errors: ['tender.unknown', 'opening.not-yet'],
});

export const readOpenedEnvelope = query('vault', 'read-opened-envelope', {
  summary: 'The original age file of an opened envelope',
  access: 'public',
  reads: 'public',
  http: {
    method: 'GET',
    path: '/api/v1/tenders/:tenderId/openings/:envelopeId/:alias/age',
    answer: 'object',
  },
  request: z.strictObject({ ...openingRef, alias }),
  response: storedObject,
  errors: ['tender.unknown', 'opening.not-yet', 'bid.unknown'],
});
