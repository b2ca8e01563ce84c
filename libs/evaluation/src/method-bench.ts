import { z } from 'zod';
import { decimal, identifier, nonNegative, positive, rounding, trimTable } from './method-parts.js';

/** What holds when a rule leaves too few prices. */
const otherwise = z.enum(['mean', 'median', 'min', 'fail']);

const plainRules = [
  z.strictObject({ rule: z.literal('min') }),
  z.strictObject({ rule: z.literal('max') }),
  z.strictObject({ rule: z.literal('mean') }),
  z.strictObject({ rule: z.literal('median'), even: z.enum(['mid', 'lower']) }),
  z.strictObject({
    rule: z.literal('trimmed-mean'),
    table: trimTable,
    /** What holds when no row fits the number of bids or a row would leave none. */
    otherwise,
  }),
  /** `admit.ceiling.price` of the same method. */
  z.strictObject({ rule: z.literal('ceiling') }),
  /** A figure published before the opening, e.g. the buyer's estimate. */
  z.strictObject({ rule: z.literal('declared'), value: positive }),
  /** n-th root of the product; `extra` figures (e.g. the budget, several times) stand among the prices. */
  z.strictObject({
    rule: z.literal('geometric-mean'),
    extra: z
      .array(z.strictObject({ value: positive, times: z.int().min(1).max(100) }))
      .max(10)
      .optional(),
  }),
  /** Mean of the prices that are not over (`atMost`) or not under (`atLeast`) the mean of all. */
  z.strictObject({ rule: z.literal('second-mean'), side: z.enum(['at-most', 'at-least']) }),
  /** The n-th lowest price (1 is the lowest). */
  z.strictObject({ rule: z.literal('nth-lowest'), n: z.int().min(1).max(1000), otherwise }),
  /** Mean of the prices within the band around the mean or median of all; with fewer than `keepMin`, that many lowest. */
  z.strictObject({
    rule: z.literal('band-mean'),
    around: z.enum(['mean', 'median']),
    belowPercent: nonNegative.optional(),
    abovePercent: nonNegative.optional(),
    limitIncluded: z.boolean(),
    keepMin: z.int().min(1).max(100).optional(),
    otherwise,
  }),
  /** Drops the prices furthest out again and again until none is too far from the mean of what is left. */
  z.strictObject({
    rule: z.literal('iterative-mean'),
    tooFar: z.discriminatedUnion('by', [
      z.strictObject({ by: z.literal('percent'), percent: positive }),
      z.strictObject({ by: z.literal('sigma'), times: positive, sigma: z.enum(['population', 'sample']) }),
    ]),
    keepMin: z.int().min(1).max(100),
    roundsMax: z.int().min(1).max(100),
  }),
] as const;

/** A benchmark taken from one set of prices, or a declared figure. */
export const simpleBench = z.discriminatedUnion('rule', [...plainRules]).meta({ id: 'simpleBench' });
export type SimpleBench = z.infer<typeof simpleBench>;
export type BenchOf<Rule extends SimpleBench['rule']> = Extract<SimpleBench, { rule: Rule }>;

const among = z.array(decimal).min(1).max(100).optional();

const factor = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('declared'), value: positive }),
  /** A number drawn in public and recorded in `draws.numbers` under this name; one of `among` where declared. */
  z.strictObject({ from: z.literal('draw'), name: identifier, among }),
  /** 1 − the drawn number: the rest of a weight, or what stays after a reduction. */
  z.strictObject({ from: z.literal('draw-rest'), name: identifier, among }),
]);
export type BenchFactor = z.infer<typeof factor>;
const factors = z.array(factor).max(5).optional();

const blend = z.strictObject({
  rule: z.literal('blend'),
  /** Weights in percent; they sum to 100. */
  parts: z
    .array(z.strictObject({ weight: nonNegative, of: simpleBench }))
    .min(2)
    .max(10),
});

/** Σ part × its factors, e.g. A × K × Q + B × (1 − Q) with drawn K and Q. */
const composite = z.strictObject({
  rule: z.literal('composite'),
  parts: z
    .array(z.strictObject({ of: simpleBench, factors, rounding: rounding.optional() }))
    .min(1)
    .max(10),
});

export const benchSchema = z
  .strictObject({
    of: z.discriminatedUnion('rule', [...simpleBench.options, blend, composite]),
    factors,
    rounding: rounding.optional(),
  })
  .meta({ id: 'bench' });
export type Bench = z.infer<typeof benchSchema>;
