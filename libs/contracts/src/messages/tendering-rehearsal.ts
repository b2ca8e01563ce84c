import { z } from 'zod';
import { command, event, query } from '../contract.js';
import { share, tenderRef } from './common.js';
import { sha256Hex, uuid } from './envelope.js';
import { descriptor } from './tendering.js';

const rehearsal = z.object({
  /** The committee's descriptor with the rule that this is a rehearsal. */
  descriptor,
  manifest: z.record(z.string(), z.unknown()),
  /** The age file in base64. */
  envelope: z.string(),
  isOpened: z.boolean(),
  trustees: z.array(z.object({ i: z.number().int(), personId: uuid, hasOpened: z.boolean() })),
});

export const beginRehearsal = command('tendering', 'begin-rehearsal', {
  summary: 'The buyer has a dummy envelope sealed to the committee, for its trustees to open',
  access: ['buyer'],
  enters: ['rehearsal-begun'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/rehearsal' },
  request: tenderRef,
  response: rehearsal,
  errors: ['tender.unknown', 'tender.wrong-stage', 'committee.incomplete'],
});

export const getRehearsal = query('tendering', 'get-rehearsal', {
  summary: 'The dummy envelope, and which trustees have opened it',
  access: ['buyer', 'trustee'],
  reads: 'own',
  http: { method: 'GET', path: '/api/v1/tenders/:tenderId/rehearsal' },
  request: tenderRef,
  response: rehearsal,
  errors: ['tender.unknown', 'rehearsal.unknown'],
});

export const submitRehearsalShare = command('tendering', 'submit-rehearsal-share', {
  summary: 'A trustee gives the share for the dummy; the quorum opens it',
  access: ['trustee'],
  enters: ['trustee-rehearsed'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/rehearsal/shares' },
  request: z.strictObject({ tenderId: uuid, share }),
  response: rehearsal,
  errors: [
    'tender.unknown',
    'tender.wrong-stage',
    'rehearsal.unknown',
    'trustee.not-appointed',
    'share.malformed',
    'share.proof-invalid',
    'point.not-canonical',
    'scalar.not-canonical',
  ],
});

export const rehearsalBegun = event('tendering', 'rehearsal-begun', {
  summary: 'A dummy envelope was sealed to the committee',
  data: z.object({ manifestSha256: sha256Hex }),
});
export const trusteeRehearsed = event('tendering', 'trustee-rehearsed', {
  summary: 'A trustee gave a verified share for the dummy envelope',
  data: z.object({
    personId: uuid,
    manifestSha256: sha256Hex,
    present: z.number().int(),
    isOpened: z.boolean(),
  }),
});
