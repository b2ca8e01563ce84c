import { z } from 'zod';
import { identifier, nonNegative, positive, rounding } from './method-parts.js';

/** An addition on top of the lines: percent of the lines (`direct`) and of markups before it. */
const markup = z.strictObject({
  id: identifier,
  percent: nonNegative,
  of: z.array(identifier).min(1).max(20),
  rounding: rounding.optional(),
});

/**
 * Arithmetic correction of a priced bill. `unit-price`: the unit price governs, a line is quantity × unit price;
 * `line-total`: the stated line governs; `none`: the offered price stands and differences are only shown.
 */
export const correctSchema = z.strictObject({
  governs: z.enum(['unit-price', 'line-total', 'none']),
  /** The buyer's quantities; a bid that lacks an item, adds one or changes a quantity is void. */
  quantities: z
    .array(z.strictObject({ id: identifier, quantity: nonNegative }))
    .min(1)
    .max(10_000)
    .optional(),
  unitRounding: rounding.optional(),
  lineRounding: rounding.optional(),
  markups: z.array(markup).min(1).max(20).optional(),
  rounding: rounding.optional(),
  /** A stated total in words, as a number. It governs over the offered figure unless a bill corrects both. */
  words: z.strictObject({ figure: identifier }).optional(),
  /** A correction larger than this percent of the offered price makes the bid void. */
  changeMaxPercent: positive.optional(),
});
export type Correct = z.infer<typeof correctSchema>;
