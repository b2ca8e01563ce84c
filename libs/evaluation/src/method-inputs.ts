import { z } from 'zod';
import { bilingual, decimal, identifier } from './method-parts.js';

/** What a bidder states beside the price. Numbers and series are not negative unless `min` says so. */
const input = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('number'),
    id: identifier,
    title: bilingual,
    min: decimal.optional(),
    max: decimal.optional(),
    integer: z.literal(true).optional(),
    oneOf: z.array(decimal).min(1).max(100).optional(),
  }),
  /** One number for each period, item or lot; exactly `length` of them. */
  z.strictObject({
    kind: z.literal('series'),
    id: identifier,
    title: bilingual,
    length: z.int().min(1).max(200),
    min: decimal.optional(),
    max: decimal.optional(),
  }),
  /** One word of a closed list, e.g. the currency or the class of the bidder. Absent: `otherwise`, else void. */
  z.strictObject({
    kind: z.literal('label'),
    id: identifier,
    title: bilingual,
    oneOf: z.array(identifier).min(1).max(200),
    otherwise: identifier.optional(),
  }),
]);
export type Input = z.infer<typeof input>;

export const inputsSchema = z.array(input).min(1).max(100);
