import { z } from 'zod';
import { identifier, nonNegative, positive, rounding } from './method-parts.js';

/** Further scores that a bid states or a body gave, by the name of the figure. */
const extra = z
  .array(z.strictObject({ figure: identifier, weight: nonNegative }))
  .min(1)
  .max(20)
  .optional();

export const combineSchema = z.discriminatedUnion('rule', [
  /** Σ score × weight ÷ 100; weights in percent sum to 100. */
  z.strictObject({
    rule: z.literal('weighted-sum'),
    weights: z.strictObject({ price: nonNegative, technical: nonNegative }),
    extra,
    rounding: rounding.optional(),
  }),
  z.strictObject({
    rule: z.literal('sum'),
    of: z
      .array(z.enum(['price', 'technical']))
      .min(1)
      .max(2),
    /** Figures added as they stand. */
    figures: z.array(identifier).min(1).max(20).optional(),
    rounding: rounding.optional(),
  }),
  /** (base + technical) ÷ evaluated price × scale: 除算方式, quality per price. */
  z.strictObject({
    rule: z.literal('ratio'),
    base: nonNegative,
    scale: positive,
    rounding: rounding.optional(),
  }),
  /** Evaluated price × scale ÷ (base + technical): price per point; the lowest is best, see `rank`. */
  z.strictObject({
    rule: z.literal('price-per-quality'),
    base: nonNegative,
    scale: positive,
    rounding: rounding.optional(),
  }),
  /** The total is the evaluated price itself; `rank` says whether the lowest or the highest is best. */
  z.strictObject({ rule: z.literal('evaluated-price'), rounding: rounding.optional() }),
]);
export type Combine = z.infer<typeof combineSchema>;
