import { z } from 'zod';

/** What a procedure may ask for: whole numbers, the least and the most. */
export const PROCEDURE_LIMITS = {
  n: { min: 3, max: 15 },
  k: { min: 2, max: 14 },
  bodyGraceMinutes: { min: 0, max: 240 },
  bidderKeyHours: { min: 1, max: 336 },
  openingHours: { min: 1, max: 336 },
  rescueHours: { min: 1, max: 336 },
  archiveYears: { min: 1, max: 100 },
} as const;
export type ProcedureLimits = typeof PROCEDURE_LIMITS;
/** What a procedure asks for that says nothing else. */
export const PROCEDURE_DEFAULTS = {
  n: null,
  k: null,
  bodyGraceMinutes: 0,
  bidderKey: false,
  bidderKeyHours: 24,
  openingHours: 24,
  rescueHours: 48,
  archiveYears: 15,
  timestampRequired: false,
} as const;
export type ProcedureDefaults = typeof PROCEDURE_DEFAULTS;
const limited = (name: keyof typeof PROCEDURE_LIMITS) =>
  z.number().int().min(PROCEDURE_LIMITS[name].min).max(PROCEDURE_LIMITS[name].max);

/** A procedure is data: the engine reads it, no code branches on its name. Days are calendar days. */
export const procedure = z.object({
  id: z.string(),
  envelopes: z.array(z.enum(['technical', 'commercial'])),
  noticeDaysMin: z.number().int(),
  questionsUntilDaysBefore: z.number().int(),
  bidsMin: z.number().int(),
  /** How long after the deadline the bodies of bids may come that were committed before it. */
  bodyGraceMinutes: limited('bodyGraceMinutes').default(PROCEDURE_DEFAULTS.bodyGraceMinutes),
  /** Size of the committee and its quorum; null leaves them to the buyer. */
  n: limited('n').nullable().default(PROCEDURE_DEFAULTS.n),
  k: limited('k').nullable().default(PROCEDURE_DEFAULTS.k),
  /** Below the committee's layer content is sealed to a key of the bidder's own, released at the opening. */
  bidderKey: z.boolean().default(PROCEDURE_DEFAULTS.bidderKey),
  /** How long bidders have to release it, before the committee gives its shares. */
  bidderKeyHours: limited('bidderKeyHours').default(PROCEDURE_DEFAULTS.bidderKeyHours),
  /** How long the quorum has for an opening. */
  openingHours: limited('openingHours').default(PROCEDURE_DEFAULTS.openingHours),
  /** How long bidders have to reveal rescue identities when the quorum failed. */
  rescueHours: limited('rescueHours').default(PROCEDURE_DEFAULTS.rescueHours),
  /** How long envelopes that were opened are kept, from the award. */
  archiveYears: limited('archiveYears').default(PROCEDURE_DEFAULTS.archiveYears),
  /** Whether a receipt needs the time-stamp of an outside authority. */
  timestampRequired: z.boolean().default(PROCEDURE_DEFAULTS.timestampRequired),
  standstillDaysMin: z.number().int(),
  trusteesMin: z.number().int(),
  expertsMin: z.number().int(),
});
export type Procedure = z.infer<typeof procedure>;
