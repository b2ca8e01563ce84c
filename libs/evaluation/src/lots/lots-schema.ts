import { z } from 'zod';
import { identifier, positive } from '../method-parts.js';

/** Exact text of an evaluated price: `n/d` or decimal, as `evaluate` gives it for each lot. */
const exact = z
  .string()
  .max(400)
  .regex(/^(?=.*[1-9])(?:0|[1-9]\d*)(?:\.\d+|\/[1-9]\d*)?$/);

const lot = z.strictObject({
  id: identifier,
  bids: z.array(z.strictObject({ bidder: identifier, price: exact })).max(100),
});

/** Off the prices of all these lots together, if the bidder is awarded at least all of them. */
const discount = z.strictObject({
  bidder: identifier,
  lots: z.array(identifier).min(1).max(50),
  off: z.discriminatedUnion('as', [
    z.strictObject({ as: z.literal('percent'), value: positive }),
    z.strictObject({ as: z.literal('amount'), value: positive }),
  ]),
});

/**
 * Several lots awarded together. `lowest-total`: the scenario with most lots awarded, then the lowest total. Bidders are
 * known by the same id in every lot; conditions of bidders stand here because they bind lots to each other.
 */
export const lotsSchema = z.strictObject({
  v: z.literal(1),
  lots: z.array(lot).min(1).max(50),
  discounts: z.array(discount).max(200).optional(),
  /** All of these lots or none of them. */
  allOrNone: z
    .array(z.strictObject({ bidder: identifier, lots: z.array(identifier).min(2).max(50) }))
    .max(200)
    .optional(),
  /** At most so many lots for one bidder; without `bidder` for everybody. */
  lotsMax: z
    .array(z.strictObject({ bidder: identifier.optional(), lots: z.int().min(1).max(50) }))
    .max(200)
    .optional(),
});
export type LotsInput = z.infer<typeof lotsSchema>;
