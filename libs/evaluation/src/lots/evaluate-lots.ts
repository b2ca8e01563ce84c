import { z } from 'zod';
import { refuseInput } from '../evaluation-input.js';
import { evaluate } from '../evaluate.js';
import type { BidResult, EvaluationResult } from '../evaluation-types.js';
import { parseEvaluationInput } from '../read-input.js';
import { awardLots, type LotsAward } from './award-lots.js';
import { lotsSchema } from './lots-schema.js';

const { discounts, allOrNone, lotsMax } = lotsSchema.shape;
const severalSchema = z.strictObject({
  lots: z
    .array(z.looseObject({ id: z.string().max(64) }))
    .min(1)
    .max(50),
  discounts,
  allOrNone,
  lotsMax,
});

export interface LotsResult {
  readonly v: 1;
  /** Each lot by its own method, in the order of the document. */
  readonly lots: readonly { readonly id: string; readonly result: EvaluationResult }[];
  /** The award over all lots; null where bidders set no condition across them, so that each lot stands alone. */
  readonly award: LotsAward | null;
}

/**
 * Evaluates lots together: `{lots: [{id, method, bids, panel?, draws?}], discounts?, allOrNone?, lotsMax?}`. Each lot is
 * evaluated alone; with a condition across lots, `awardLots` takes the evaluated prices of the admitted bids. Bidders
 * carry the same bid id in every lot. Throws `method.invalid` and `evaluation.input-invalid` as `evaluate` and
 * `awardLots` do.
 */
export function evaluateLots(json: unknown): LotsResult {
  const parsed = severalSchema.safeParse(json);
  if (!parsed.success) {
    const paths = parsed.error.issues.map(({ path }) => path.join('.') || '(document)');
    refuseInput(`The lots are wrong at: ${paths.join(', ')}.`, { paths });
  }
  const { lots: given, ...across } = parsed.data;
  if (new Set(given.map(({ id }) => id)).size !== given.length) refuseInput('A lot occurs twice.');
  const lots = given.map(({ id, ...input }) => ({ id, result: evaluate(parseEvaluationInput(input)) }));
  const conditions = Object.fromEntries(Object.entries(across).filter(([, value]) => value !== undefined));
  if (Object.keys(conditions).length === 0) return { v: 1, lots, award: null };
  const priced = lots.map(({ id, result }) => ({ id, bids: result.bids.filter(isRanked).map(pricedBid) }));
  return { v: 1, lots, award: awardLots({ v: 1, lots: priced, ...conditions }) };
}

/** A lot whose evaluation failed has no ranks, and nobody can have it. */
const isRanked = ({ rank }: BidResult): boolean => rank !== null;

const pricedBid = ({ id, price, corrected, evaluated }: BidResult) => ({
  bidder: id,
  price: evaluated?.exact ?? corrected?.exact ?? price,
});
