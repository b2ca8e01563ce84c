import { z } from 'zod';
import { decimal, nonNegative, positive, rounding } from './method-parts.js';

/** Limits of every price score: floor 0 and cap `full` unless declared otherwise. */
const limits = {
  full: positive,
  cap: decimal.optional(),
  floor: decimal.optional(),
  rounding: rounding.optional(),
};

/**
 * One stretch of the deviation from the benchmark, in percent, walked outwards from 0. `perPercent` continues
 * from where the score stood; `set` gives the stretch one score. `to: null` reaches to infinity. A deviation of
 * exactly `to` belongs to this stretch unless `toIncluded` is false.
 */
const segment = z.union([
  z.strictObject({ to: positive.nullable(), toIncluded: z.boolean().optional(), perPercent: decimal }),
  z.strictObject({ to: positive.nullable(), toIncluded: z.boolean().optional(), set: decimal }),
]);
export type Segment = z.infer<typeof segment>;

const steps = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('interpolated') }),
  /** Whole steps of `percent`; a started step is ignored or counted in full. */
  z.strictObject({ rule: z.literal('stepped'), percent: positive, started: z.enum(['ignored', 'counted']) }),
]);
export type Steps = z.infer<typeof steps>;

export const scoreSchema = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('ratio'), ...limits }),
  /** `full` at the lowest admitted price, `atMax` (0 unless declared) at the highest. */
  z.strictObject({ rule: z.literal('linear'), ...limits, atMax: nonNegative.optional() }),
  z.strictObject({
    rule: z.literal('deviation'),
    ...limits,
    /** The score of a price equal to the benchmark. */
    base: decimal,
    /** Rounding of "price as percent of benchmark" before the deviation is taken from it. */
    percentRounding: rounding.optional(),
    steps,
    above: z.array(segment).min(1).max(20),
    below: z.array(segment).min(1).max(20),
  }),
  z.strictObject({
    rule: z.literal('set-points'),
    ...limits,
    percentRounding: rounding.optional(),
    /** `stepped`: the score of the last point at or under the deviation. Outside the points the ends hold. */
    between: z.enum(['interpolated', 'stepped']),
    /** Deviation from the benchmark in percent (negative: cheaper) and its score, ascending. */
    points: z
      .array(z.strictObject({ percent: decimal, score: decimal }))
      .min(1)
      .max(100),
  }),
]);
export type Score = z.infer<typeof scoreSchema>;
export type ScoreOf<Rule extends Score['rule']> = Extract<Score, { rule: Rule }>;
