import { z } from 'zod';
import { command, event } from '../contract.js';
import { envelopeId, text } from './common.js';
import { instant, uuid } from './envelope.js';
import { suspensionCause, tenderView } from './tendering.js';

const reason = text(1_000);

export const suspendTender = command('tendering', 'suspend-tender', {
  summary: 'A supervisor suspends a tender, with the reason: every clock of it stops',
  access: ['supervisor'],
  enters: ['tender-suspended'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/suspension' },
  request: z.strictObject({ tenderId: uuid, reason }),
  response: tenderView,
  errors: ['tender.unknown', 'tender.wrong-stage', 'tender.suspended', 'region.out-of-scope'],
});

export const resumeTender = command('tendering', 'resume-tender', {
  summary: 'A supervisor ends a supervisor’s suspension, with the reason',
  access: ['supervisor'],
  enters: ['tender-resumed'],
  http: { method: 'POST', path: '/api/v1/tenders/:tenderId/suspension/end' },
  request: z.strictObject({ tenderId: uuid, reason }),
  response: tenderView,
  errors: [
    'tender.unknown',
    'tender.not-suspended',
    'tender.postponed',
    'opening.halted',
    'region.out-of-scope',
  ],
});

const why = { cause: suspensionCause, envelopeId: envelopeId.nullable(), reason: z.string(), since: instant };

export const tenderSuspended = event('tendering', 'tender-suspended', {
  summary: 'The tender is suspended: by a supervisor, or because an opening halted',
  isPublic: true,
  data: z.object(why),
});
export const tenderResumed = event('tendering', 'tender-resumed', {
  summary: 'One cause of the suspension is gone; the tender goes on once none is left',
  isPublic: true,
  data: z.object({
    ...why,
    resumedAt: instant,
    isGoingOn: z.boolean(),
    /** Moved by the time of the suspension, where the tender stands in it. */
    standstillEndsAt: instant.nullable(),
  }),
});
