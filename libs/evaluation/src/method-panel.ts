import { z } from 'zod';
import { bilingual, identifier, nonNegative, positive, rounding, trimTable } from './method-parts.js';

export const panelSchema = z.strictObject({
  criteria: z
    .array(
      z.strictObject({
        id: identifier,
        title: bilingual,
        max: positive,
        /** An aggregated mark below it is void; only with `on: 'criterion'`. */
        min: nonNegative.optional(),
        /** Points = mark × weight; 1 unless declared. Only with `on: 'criterion'`. */
        weight: positive.optional(),
      }),
    )
    .min(1)
    .max(200),
  /** Whether the experts' scores are brought together criterion by criterion or as totals of whole sheets. */
  on: z.enum(['criterion', 'totals']),
  aggregate: z.discriminatedUnion('rule', [
    z.strictObject({ rule: z.literal('mean') }),
    z.strictObject({ rule: z.literal('median') }),
    z.strictObject({
      rule: z.literal('trimmed-mean'),
      table: trimTable,
      otherwise: z.enum(['mean', 'median']),
    }),
  ]),
  /** Rounding of each aggregated criterion; only with `on: 'criterion'`. */
  criterionRounding: rounding.optional(),
  rounding: rounding.optional(),
  /** A technical score below it is void; one equal to it passes. */
  threshold: nonNegative.optional(),
  /** Scores of the admitted bids × `to` ÷ the best of them, so that the best has `to`. */
  rescale: z.strictObject({ to: positive, rounding: rounding.optional() }).optional(),
});
export type Panel = z.infer<typeof panelSchema>;
