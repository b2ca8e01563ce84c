import { z } from 'zod';
import { identifier, nonNegative, positive, rounding, trimTable } from './method-parts.js';

/** A benchmark taken from one set of prices, or a declared figure. */
const simpleBench = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('min') }),
  z.strictObject({ rule: z.literal('max') }),
  z.strictObject({ rule: z.literal('mean') }),
  z.strictObject({ rule: z.literal('median'), even: z.enum(['mid', 'lower']) }),
  z.strictObject({
    rule: z.literal('trimmed-mean'),
    table: trimTable,
    /** What holds when no row fits the number of bids or a row would leave none. */
    otherwise: z.enum(['mean', 'median', 'min', 'fail']),
  }),
  /** `admit.ceiling.price` of the same method. */
  z.strictObject({ rule: z.literal('ceiling') }),
  /** A figure published before the opening, e.g. the buyer's estimate. */
  z.strictObject({ rule: z.literal('declared'), value: positive }),
]);
export type SimpleBench = z.infer<typeof simpleBench>;

const blend = z.strictObject({
  rule: z.literal('blend'),
  /** Weights in percent; they sum to 100. */
  parts: z
    .array(z.strictObject({ weight: nonNegative, of: simpleBench }))
    .min(2)
    .max(10),
});

const factor = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('declared'), value: positive }),
  /** A number drawn in public and recorded in `draws.numbers` under this name. */
  z.strictObject({ from: z.literal('draw'), name: identifier }),
]);
export type BenchFactor = z.infer<typeof factor>;

export const benchSchema = z.strictObject({
  of: z.discriminatedUnion('rule', [...simpleBench.options, blend]),
  factors: z.array(factor).max(5).optional(),
  rounding: rounding.optional(),
});
export type Bench = z.infer<typeof benchSchema>;
