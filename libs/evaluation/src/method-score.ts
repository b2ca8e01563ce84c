import { z } from 'zod';
import { benchSchema } from './method-bench.js';
import { decimal, identifier, nonNegative, positive, rounding } from './method-parts.js';

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

/** Where a straight line is fixed: a price of the set, the ceiling, a declared figure, or a part of the benchmark. */
const anchor = z.discriminatedUnion('at', [
  z.strictObject({ at: z.enum(['min', 'max', 'benchmark', 'ceiling']), percent: positive.optional() }),
  z.strictObject({ at: z.literal('declared'), value: nonNegative }),
]);
export type Anchor = z.infer<typeof anchor>;

const shapes = [
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
  /** (2 − price ÷ benchmark) × full: falls as the price rises, 0 at twice the benchmark. */
  z.strictObject({ rule: z.literal('inverse-ratio'), ...limits }),
  /** (benchmark ÷ price)^(power ÷ root) × full; the root at 50 digits. */
  z.strictObject({
    rule: z.literal('power'),
    ...limits,
    power: z.int().min(1).max(10),
    root: z.int().min(1).max(10),
  }),
  /** A straight line through full at one anchor and `low` (0 unless declared) at the other. */
  z.strictObject({
    rule: z.literal('anchored'),
    ...limits,
    fullAt: anchor,
    lowAt: anchor,
    low: decimal.optional(),
  }),
  /** full − k × log(price ÷ benchmark), natural or to the base. */
  z.strictObject({ rule: z.literal('log'), ...limits, k: positive, base: positive.optional() }),
  /** Points by place of the price; equal prices share the better place. Beyond the list its last value holds. */
  z.strictObject({
    rule: z.literal('places'),
    ...limits,
    points: z.array(decimal).min(1).max(100),
  }),
  /** Full for the lowest price and those within the percent of it, 0 for the others. */
  z.strictObject({ rule: z.literal('lowest-passes'), ...limits, withinPercent: nonNegative.optional() }),
] as const;

/** No price score: the evaluated price itself ranks, or quality alone. */
const none = z.strictObject({ rule: z.literal('none') });

/** The formulas that a method has itself; `drawn` chooses among several. */
export const plainScore = z.discriminatedUnion('rule', [...shapes, none]);

/**
 * A public draw chooses benchmark and score: the recorded number (`value`), or its first two decimals (`cents`), falls
 * into the first option whose `upTo` is not below it; `shift` then goes on so many options, round and round (lots).
 */
const drawn = z.strictObject({
  rule: z.literal('drawn'),
  name: identifier,
  take: z.enum(['value', 'cents']),
  shift: z.int().min(0).max(1000).optional(),
  options: z
    .array(z.strictObject({ upTo: nonNegative, bench: benchSchema.optional(), score: plainScore }))
    .min(2)
    .max(20),
});

export const scoreSchema = z.discriminatedUnion('rule', [...shapes, none, drawn]);
export type AnyScore = z.infer<typeof scoreSchema>;
export type PlainScore = z.infer<typeof plainScore>;
export type DrawnScore = Extract<AnyScore, { rule: 'drawn' }>;
export type Score = Exclude<PlainScore, { rule: 'none' }>;
export type ScoreOf<Rule extends Score['rule']> = Extract<Score, { rule: Rule }>;
