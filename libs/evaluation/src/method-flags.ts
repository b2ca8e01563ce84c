import { z } from 'zod';
import { bilingual, decimal, identifier, nonNegative, positive } from './method-parts.js';

const source = z.union([z.enum(['offered', 'evaluated']), z.strictObject({ figure: identifier })]);
export type FlagSource = z.infer<typeof source>;

/** What is looked at for each admitted bid. Percents are points of a hundred; below is positive. */
const measure = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('value'), of: source }),
  /** (mean of the other bids − own) ÷ mean of the others; the others' mean of `others` where it is another figure. */
  z.strictObject({ rule: z.literal('below-mean-of-others'), of: source, others: source.optional() }),
  /** (next dearer − own) ÷ next dearer, by rank of the value. */
  z.strictObject({ rule: z.literal('below-next'), of: source }),
  /** (next dearer − own) ÷ own; only the lowest bid where `lowestOnly`. */
  z.strictObject({ rule: z.literal('gap-to-next'), of: source, lowestOnly: z.boolean() }),
  z.strictObject({ rule: z.literal('below-declared'), of: source, value: positive }),
  /** Σ weight × figure, each counted only at or over its gate. */
  z.strictObject({
    rule: z.literal('gated-sum'),
    parts: z
      .array(
        z.strictObject({
          figure: identifier,
          weight: nonNegative,
          gate: decimal.optional(),
          /** Counted only where this figure is not zero. */
          needs: identifier.optional(),
        }),
      )
      .min(1)
      .max(20),
  }),
  /** Of all values (ascending) together: 100 for a sequence with one difference or one ratio, else 0. */
  z.strictObject({ rule: z.literal('progression'), of: source, kind: z.enum(['arithmetic', 'geometric']) }),
  /**
   * Of all values together: σ ÷ mean, (max − min) ÷ min, both in percent; (second − lowest) ÷ sample σ of the others.
   */
  z.strictObject({ rule: z.literal('variation'), of: source, sigma: z.enum(['population', 'sample']) }),
  z.strictObject({ rule: z.literal('spread'), of: source }),
  z.strictObject({ rule: z.literal('relative-distance'), of: source }),
  /** Share of the values that end in the same last whole digits, in percent. */
  z.strictObject({ rule: z.literal('same-tail'), of: source, digits: z.int().min(1).max(9) }),
  /** Largest number of submitted bids (void ones too) that offer one price; 1 where all differ. */
  z.strictObject({ rule: z.literal('equal-offers') }),
  /** How many void bids offered less than the first in rank. */
  z.strictObject({ rule: z.literal('void-below-winner') }),
  /** Kendall's W of the experts' sheets, 0 to 1. */
  z.strictObject({ rule: z.literal('expert-agreement') }),
  /** |total − mean| ÷ mean of each sheet among those of its bid, in percent. */
  z.strictObject({ rule: z.literal('expert-deviation') }),
  /** Grubbs' G of each sheet among those of its bid. */
  z.strictObject({ rule: z.literal('expert-outlier') }),
]);
export type Measure = z.infer<typeof measure>;

const sigma = z.enum(['population', 'sample']);

/** What the measure is held against. */
const limit = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('declared'), value: decimal }),
  z.strictObject({ rule: z.literal('sum'), values: z.array(decimal).min(2).max(10) }),
  /** Centre of the measures + times × σ (times may be negative). */
  z.strictObject({
    rule: z.literal('sigma'),
    centre: z.enum(['mean', 'median']),
    sigma,
    times: decimal,
  }),
  /** Q1 − times × (Q3 − Q1), or Q3 + times × (Q3 − Q1); quartiles of the measures by Hyndman–Fan type. */
  z.strictObject({
    rule: z.literal('fence'),
    side: z.enum(['low', 'high']),
    times: positive,
    quartiles: z.union([
      z.strictObject({ type: z.union([z.literal(6), z.literal(7), z.literal(8)]) }),
      z.strictObject({ q1: decimal, q3: decimal }),
    ]),
  }),
  /** Percent of the mean of the measures after dropping those over it by `dropAbovePercent`. */
  z.strictObject({
    rule: z.literal('percent-of-mean'),
    percent: positive,
    dropAbovePercent: nonNegative.optional(),
    /** With fewer left, the mean of so many lowest. */
    keepMin: z.int().min(1).max(100).optional(),
  }),
]);
export type Limit = z.infer<typeof limit>;

const flag = z.strictObject({
  id: identifier,
  title: bilingual,
  measure,
  is: z.enum(['lt', 'le', 'gt', 'ge']),
  limit,
  /** Whom it names explains the price, and people accept or reject it, before the ranking counts. */
  asks: z.literal(true).optional(),
  /** Only with so many admitted bids. */
  bids: z.strictObject({ from: z.int().min(1), to: z.int().min(1).nullable() }).optional(),
});
export type Flag = z.infer<typeof flag>;

/** Advice for people who decide: a flag itself never changes a price, a score or a rank. */
export const flagsSchema = z.array(flag).min(1).max(50);
