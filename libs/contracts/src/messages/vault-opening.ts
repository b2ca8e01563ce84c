import { z } from 'zod';
import { command, event, query } from '../contract.js';
import { alias, envelopeId, groupErrors, jws, share, storedObject, tenderRef } from './common.js';
import { instant, sha256Hex, uuid } from './envelope.js';
import { reveal } from './vault-intake.js';

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
    ...groupErrors,
    'share.malformed',
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
