import { z } from 'zod';
import { command, event, query } from '../contract.js';
import { alias, envelopeId, jws, storedObject, tenderRef } from './common.js';
import { instant, sha256Hex, uuid } from './envelope.js';
import { descriptor } from './tendering.js';

/** An act that is not public yet: what was committed to in the ledger, and what opens the commitment. */
export const reveal = z.object({
  sealed: sha256Hex,
  salt: sha256Hex,
  event: z.record(z.string(), z.unknown()),
});
export type Reveal = z.infer<typeof reveal>;

const intakeErrors = [
  'tender.unknown',
  'tender.not-open',
  'participation.missing',
  'bid.late',
  'bid.sequence-wrong',
  'bid.previous-wrong',
  'bid.envelopes-wrong',
  'bid.body-missing',
  'bid.other-organisation',
  'bid.too-many-versions',
  'manifest.malformed',
  'manifest.proof-invalid',
  'manifest.other-tender',
  'signature.invalid',
  'signature.malformed',
  'certificate.untrusted',
  'certificate.expired',
] as const;

export const getDescriptor = query('vault', 'get-descriptor', {
  summary: 'What bids to this tender must be sealed to',
  access: 'public',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/descriptor' },
  request: tenderRef,
  response: z.object({ tid: sha256Hex, descriptor, platformCertificatePem: z.string() }),
  errors: ['tender.unknown'],
});

export const joinTender = command('vault', 'join-tender', {
  summary: 'An approved organisation takes part; hidden until the opening',
  access: ['bidder'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/participation' },
  request: tenderRef,
  response: z.object({ joinedAt: instant }),
  errors: ['tender.unknown', 'tender.not-open', 'organisation.not-approved', 'bid.late'],
});

export const authoriseUpload = query('vault', 'authorise-upload', {
  summary: 'Whether this bidder may send an envelope body now, and where it is kept until accepted',
  access: 'internal',
  request: tenderRef,
  response: z.object({ keyPrefix: z.string() }),
  errors: ['tender.unknown', 'tender.not-open', 'participation.missing', 'bid.late'],
});

export const bidReceipt = z.object({
  bidId: uuid,
  seq: z.number().int().positive(),
  kind: z.enum(['seal', 'withdraw']),
  receivedAt: instant,
  manifestSha256: z.array(sha256Hex),
  promise: jws,
  reveal,
});

export const submitBid = command('vault', 'submit-bid', {
  summary: 'A sealed bid: one signed manifest for each envelope, whose bodies were sent before',
  access: ['bidder'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/bids' },
  request: z.strictObject({ tenderId: uuid, manifests: z.array(jws).min(1).max(2) }),
  response: bidReceipt,
  errors: intakeErrors,
});

export const withdrawBid = command('vault', 'withdraw-bid', {
  summary: 'The bidder takes the bid back before the deadline',
  access: ['bidder'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/bids/withdrawal' },
  request: z.strictObject({ tenderId: uuid, manifest: jws }),
  response: bidReceipt,
  errors: [...intakeErrors, 'bid.unknown'],
});

export const getOwnBid = query('vault', 'get-own-bid', {
  summary: 'The own acts in a tender with everything that proves them',
  access: ['bidder'],
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/bids/mine' },
  request: tenderRef,
  response: z.object({
    joinedAt: instant.nullable(),
    status: z.enum(['none', 'submitted', 'withdrawn']),
    alias: alias.nullable(),
    acts: z.array(bidReceipt),
  }),
  errors: ['tender.unknown'],
});

/** The close entry: what trustees compare with the ledger before they give a share. */
export const closeRecord = z.object({
  tid: sha256Hex,
  closedAt: instant,
  count: z.number().int().nonnegative(),
  manifests: z.array(sha256Hex),
  ledgerSize: z.number().int().nonnegative(),
});
export type CloseRecord = z.infer<typeof closeRecord>;

const openingErrors = ['tender.unknown', 'opening.not-yet', 'opening.not-entitled'] as const;

export const getOpeningWork = query('vault', 'get-opening-work', {
  summary: 'What a trustee has to open: the close record and the signed manifests',
  access: ['trustee'],
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/openings/:envelopeId/work' },
  request: z.strictObject({ tenderId: uuid, envelopeId }),
  response: z.object({ trusteeIndex: z.number().int(), close: closeRecord, manifests: z.array(jws) }),
  errors: openingErrors,
});

const share = z.strictObject({
  i: z.number().int().positive(),
  share: z.string().max(64),
  proof: z.record(z.string(), z.string().max(100)),
});

export const submitShares = command('vault', 'submit-shares', {
  summary: 'A trustee gives the shares for every envelope of a kind; the quorum opens them',
  access: ['trustee'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/openings/:envelopeId/shares' },
  request: z.strictObject({
    tenderId: uuid,
    envelopeId,
    shares: z.array(z.strictObject({ manifestSha256: sha256Hex, share })).max(1_000),
  }),
  response: z.object({ present: z.number().int(), quorum: z.number().int(), isOpened: z.boolean() }),
  errors: [
    ...openingErrors,
    'share.proof-invalid',
    'share.missing',
    'share.unexpected',
    'opening.already-done',
  ],
});

const openedItem = z.object({
  alias,
  manifestSha256: sha256Hex,
  age: z.object({ sha256: sha256Hex, size: z.number().int() }),
  identity: z.string(),
  result: z.enum(['opened', 'unreadable']),
  parts: z.array(
    z.object({
      name: z.string(),
      mediaType: z.string(),
      sha256: sha256Hex,
      size: z.number().int(),
      key: z.string(),
    }),
  ),
});

export const getOpeningRecord = query('vault', 'get-opening-record', {
  summary: 'Who opened what and when, with the published identities',
  access: 'public',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/openings' },
  request: tenderRef,
  response: z.object({
    close: closeRecord.nullable(),
    openings: z.array(
      z.object({
        envelopeId,
        openedAt: instant.nullable(),
        trusteesPresent: z.array(z.number().int()),
        quorum: z.number().int(),
        items: z.array(openedItem.omit({ parts: true })),
      }),
    ),
    bidders: z.array(
      z.object({ alias, organisationId: uuid, name: z.string(), certificateSha256: sha256Hex }),
    ),
    leftSealed: z.array(z.object({ alias, envelopeId, manifestSha256: sha256Hex })),
    reveals: z.array(reveal),
  }),
  errors: ['tender.unknown'],
});

export const getOpeningProofs = query('vault', 'get-opening-proofs', {
  summary: 'Manifests and shares: with them anyone makes the published identities anew',
  access: 'public',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/openings/:envelopeId/proofs' },
  request: z.strictObject({ tenderId: uuid, envelopeId }),
  response: z.object({
    manifests: z.array(z.object({ alias, manifest: jws })),
    shares: z.array(z.object({ trusteeIndex: z.number().int(), shares: z.record(sha256Hex, share) })),
  }),
  errors: ['tender.unknown', 'opening.not-yet'],
});

export const readOpenedEnvelope = query('vault', 'read-opened-envelope', {
  summary: 'The original age file of an opened envelope',
  access: 'public',
  http: {
    method: 'GET',
    path: '/api/v1/tenders/:tenderId/openings/:envelopeId/:alias/age',
    answer: 'object',
  },
  request: z.strictObject({ tenderId: uuid, envelopeId, alias }),
  response: storedObject,
  errors: ['tender.unknown', 'opening.not-yet', 'bid.unknown'],
});

export const bidsClosed = event('vault', 'bids-closed', {
  summary: 'The list of final manifests was fixed',
  isPublic: true,
  data: closeRecord,
});
export const sharesGiven = event('vault', 'shares-given', {
  summary: 'A trustee gave verified shares',
  isPublic: true,
  data: z.object({
    envelopeId,
    trusteeIndex: z.number().int(),
    present: z.number().int(),
    sharesSha256: sha256Hex,
  }),
});
export const envelopesOpened = event('vault', 'envelopes-opened', {
  summary: 'The quorum opened all envelopes of a kind',
  isPublic: true,
  data: z.object({ envelopeId, items: z.array(openedItem) }),
});
export const biddersNamed = event('vault', 'bidders-named', {
  summary: 'Scores are locked: aliases get their names',
  isPublic: true,
  data: z.object({
    bidders: z.array(z.object({ alias, organisationId: uuid, certificateSha256: sha256Hex })),
  }),
});
export const envelopesLeftSealed = event('vault', 'envelopes-left-sealed', {
  summary: 'These envelopes were never opened and will not be',
  isPublic: true,
  data: z.object({ envelopes: z.array(z.object({ alias, envelopeId, manifestSha256: sha256Hex })) }),
});
