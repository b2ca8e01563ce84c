import { z } from 'zod';
import { query } from '../contract.js';
import { amount, exact } from './common.js';
import { methodDocument } from './tendering.js';

/** Limits of what is tried before publication. */
export const METHOD_TRIAL_LIMITS = {
  /** Sample bids that a preview ranks. */
  previewBidsMax: 30,
  /** Sample bids of a simulation: each is tried with 45 sets of cover bids. */
  simulateBidsMax: 12,
  /** Members of one kind (figures, labels, lines of a bill) that a sample bid may state. */
  statedMax: 50,
  /** Work of one trial; it is ended then. Below the ten seconds in which a service answers. */
  trialMsMax: 8_000,
  /** Memory of one trial. */
  trialMemoryMibMax: 128,
  /** Trials at once in one process. */
  trialsMax: 2,
} as const;

const { previewBidsMax, simulateBidsMax, statedMax } = METHOD_TRIAL_LIMITS;

const key = z.string().min(1).max(64);
const stated = <T extends z.ZodType>(value: T) =>
  z.record(key, value).refine((record) => Object.keys(record).length <= statedMax);
const number = z.string().max(40);

/** A bid as somebody might hand it in. A price that is none makes it void, as in the evaluation. */
export const sampleBid = z.strictObject({
  id: z
    .string()
    .max(64)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/),
  price: number,
  technical: exact.optional(),
  figures: stated(number).optional(),
  series: stated(z.array(number).max(statedMax)).optional(),
  labels: stated(z.string().max(64)).optional(),
  items: z
    .array(z.strictObject({ id: key, quantity: number, unitPrice: number, amount: number.optional() }))
    .max(statedMax)
    .optional(),
});

const trial = {
  method: methodDocument,
  /** Put into the method as the tender's would be. */
  ceilingPrice: amount.optional(),
  /** What a public draw might give. */
  draws: z
    .strictObject({ numbers: stated(exact).optional(), order: z.array(key).max(previewBidsMax).optional() })
    .optional(),
};

const bilingual = z.object({ zh: z.string(), en: z.string() });
const value = z.object({ exact: z.string(), rounded: z.string() });

export const checkMethod = query('tendering', 'check-method', {
  summary: 'What keeps a method from being saved or published, and what to weigh, in both languages',
  access: ['buyer'],
  // Nothing kept is shown: the request brings all of it.
  reads: 'public',
  http: { method: 'POST', path: '/api/v1/methods/check' },
  request: z.strictObject({ method: methodDocument }),
  response: z.object({
    /** No finding is an error: a draft with this method can be saved. */
    isSound: z.boolean(),
    findings: z.array(
      z.object({
        severity: z.enum(['error', 'warning']),
        code: z.string(),
        path: z.string(),
        message: bilingual,
      }),
    ),
  }),
});

const trialErrors = [
  'method.invalid',
  'evaluation.input-invalid',
  'method.trial-too-long',
  'method.trials-too-many',
] as const;

export const previewMethod = query('tendering', 'preview-method', {
  summary: 'The ranking that a method gives for sample bids, explained; nothing is kept',
  access: ['buyer'],
  // Nothing kept is shown: the request brings all of it.
  reads: 'public',
  http: { method: 'POST', path: '/api/v1/methods/preview' },
  request: z.strictObject({ ...trial, bids: z.array(sampleBid).min(1).max(previewBidsMax) }),
  response: z.object({
    outcome: z.enum(['ranked', 'failed']),
    reason: z.string().nullable(),
    benchmark: value.nullable(),
    flags: z.array(z.string()),
    /** Steps that concerned all bids together. */
    steps: z.array(bilingual),
    /** By rank, then by id; void bids last. */
    bids: z.array(
      z.object({
        id: z.string(),
        rank: z.number().int().nullable(),
        reasons: z.array(z.string()),
        price: z.string(),
        evaluated: value.nullable(),
        priceScore: value.nullable(),
        technicalScore: value.nullable(),
        total: value.nullable(),
        flags: z.array(z.string()),
        steps: z.array(bilingual),
      }),
    ),
    award: z.object({ winner: z.string().nullable(), price: value.nullable() }).nullable(),
  }),
  errors: trialErrors,
});

export const simulateMethod = query('tendering', 'simulate-method', {
  summary: 'Which sample bidders would become first with one to three cover bids of their own',
  access: ['buyer'],
  // Nothing kept is shown: the request brings all of it.
  reads: 'public',
  http: { method: 'POST', path: '/api/v1/methods/simulate' },
  request: z.strictObject({ ...trial, bids: z.array(sampleBid).min(1).max(simulateBidsMax) }),
  response: z.object({
    winner: z.string().nullable(),
    /** Evaluations that were run. No move found is no proof that there is none. */
    tried: z.number().int(),
    moves: z.array(
      z.object({
        bidder: z.string(),
        covers: z.number().int(),
        /** Price of the cover bids in percent of the bidder's own. */
        percent: z.string(),
        rankBefore: z.number().int().nullable(),
        sentence: bilingual,
      }),
    ),
  }),
  errors: trialErrors,
});
