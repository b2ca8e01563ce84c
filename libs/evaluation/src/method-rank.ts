import { z } from 'zod';
import { identifier, rounding } from './method-parts.js';

const word = z.enum([
  'total',
  'lowest-total',
  'price',
  'highest-price',
  'offered',
  'distance',
  'technical',
  'receivedAt',
  'draw',
]);

/**
 * total ↓, lowest-total ↑, price ↑ and highest-price ↓ (as evaluated), offered ↑, distance ↑ (|price − benchmark|),
 * technical ↓, receivedAt ↑, draw (order drawn in public), or a figure of the bids. A label key puts one class first.
 */
const key = z.union([
  word,
  z.strictObject({ figure: identifier, order: z.enum(['highest', 'lowest']) }),
  z.strictObject({ label: identifier, first: z.array(identifier).min(1).max(50) }),
]);
export type RankKey = z.infer<typeof key>;

export const rankSchema = z.strictObject({
  keys: z.array(key).min(1).max(10),
  /** `rounded`: totals and technical scores equal under `rounding` are equal. */
  ties: z.enum(['exact', 'rounded']),
  rounding: rounding.optional(),
});
export type Rank = z.infer<typeof rankSchema>;
