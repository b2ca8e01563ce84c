import { z } from 'zod';
import { event, query } from '../contract.js';
import { empty, regionCode } from './common.js';
import { instant } from './envelope.js';

const size = z.number().int().nonnegative();
/** Rule of an alarm about the ledger of a centre below. */
export const lowerCentreFault = z.enum([
  'lower-centre-silent',
  'lower-centre-rewound',
  'lower-centre-forked',
  'lower-centre-unsigned',
]);
export type LowerCentreFault = z.infer<typeof lowerCentreFault>;

export const listLowerCentres = query('audit', 'list-lower-centres', {
  summary: 'Centres below this one: how far their ledgers are entered here, and what is wrong with them',
  access: 'public',
  reads: 'public',
  http: { method: 'GET', path: '/api/v1/ledger/centres' },
  request: empty,
  response: z.object({
    items: z.array(
      z.object({
        regionCode,
        origin: z.string(),
        url: z.string(),
        /** Null before the first checkpoint was entered. */
        size: size.nullable(),
        root: z.string().nullable(),
        fault: lowerCentreFault.nullable(),
      }),
    ),
  }),
});

export const lowerCheckpoint = event('audit', 'lower-checkpoint', {
  summary: 'A checkpoint of a lower centre’s ledger, verified to continue the last one that was entered',
  data: z.object({
    regionCode,
    origin: z.string(),
    size,
    root: z.string(),
    /** As the lower ledger signed it, without cosignatures. */
    checkpoint: z.string(),
    /** When the lower ledger said last that it was there, by its clock. */
    heartbeatAt: instant,
  }),
});

export const lowerCentreSound = event('audit', 'lower-centre-sound', {
  summary: 'What was wrong with a lower centre’s ledger is no longer so',
  data: z.object({ regionCode, origin: z.string(), fault: lowerCentreFault }),
});
