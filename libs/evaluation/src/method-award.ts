import { z } from 'zod';
import { identifier, positive, rounding } from './method-parts.js';

/** Increment by price: the first row whose `below` is over the price; the last row is open. */
const increments = z
  .array(z.strictObject({ below: positive.nullable(), step: positive }))
  .min(1)
  .max(50);

/** The price of the contract. Evaluated prices rank; the contract is at one of these. */
const price = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('offered') }),
  /** The corrected price; `lower`: the lower of offered and corrected. */
  z.strictObject({ rule: z.literal('corrected'), lower: z.boolean().optional() }),
  z.strictObject({ rule: z.literal('evaluated') }),
  /** What the second in rank offered; alone in the field: the `alone` figure. */
  z.strictObject({ rule: z.literal('second'), alone: positive.optional() }),
  /** The second's offer plus one increment, never beyond the winner's own offer. */
  z.strictObject({ rule: z.literal('second-plus-step'), increments, alone: positive.optional() }),
]);

export const awardSchema = z.strictObject({
  price,
  /** With a tie at the top nobody is named. A bid over the reserve (or under it, for sales) is not awarded. */
  reserve: z.strictObject({ value: positive, voidWhen: z.enum(['gt', 'lt']) }).optional(),
  /** Guarantees to be lodged, in percent of the contract price or of the ceiling. */
  guarantees: z
    .array(
      z.strictObject({
        id: identifier,
        percent: positive,
        of: z.enum(['contract', 'ceiling']),
        rounding: rounding.optional(),
      }),
    )
    .min(1)
    .max(10)
    .optional(),
});
export type Award = z.infer<typeof awardSchema>;
