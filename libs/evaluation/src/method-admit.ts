import { z } from 'zod';
import { identifier, nonNegative, positive, rounding } from './method-parts.js';
import { simpleBench } from './method-bench.js';

/** Which price a limit is held against; `offered` unless declared. */
const on = z.enum(['offered', 'corrected', 'evaluated']).optional();

/**
 * A reserve price 예정가격: the mean of the preliminary prices that were drawn, each draw a number (1 …) into the list.
 * The floor is `floorPercent` of it.
 */
const reserve = z.strictObject({
  prices: z.array(positive).min(1).max(50),
  draws: z.array(identifier).min(1).max(20),
  rounding: rounding.optional(),
  floorPercent: positive,
  /** Costs that are not competed on (A값): the floor is (reserve − exempt) × percent + exempt. */
  exempt: positive.optional(),
  floorRounding: rounding.optional(),
  voidWhen: z.enum(['lt', 'le']),
  /** `gt`: a price above the reserve price is void; `ge`: an equal one too. */
  aboveVoidWhen: z.enum(['gt', 'ge']).optional(),
});
export type Reserve = z.infer<typeof reserve>;

/** Prices too far from a figure of all admitted prices are void before the benchmark is taken. */
const band = z.strictObject({
  around: simpleBench,
  belowPercent: nonNegative.optional(),
  abovePercent: nonNegative.optional(),
  /** Whether a price exactly at the limit is void. */
  limitIncluded: z.boolean(),
  /** With fewer admitted bids the rule does not apply. */
  bidsMin: z.int().min(1).max(1000).optional(),
});

export const admitSchema = z.strictObject({
  /** `gt`: a price above it is void; `ge`: an equal one too. */
  ceiling: z.strictObject({ price: positive, voidWhen: z.enum(['gt', 'ge']), on }).optional(),
  /** `lt`: a price below it is void; `le`: an equal one too. */
  floor: z.strictObject({ price: positive, voidWhen: z.enum(['lt', 'le']), on }).optional(),
  technicalMin: nonNegative.optional(),
  /** With fewer admitted bids than this the evaluation fails, or goes on with a flag. */
  fewerThan: z
    .strictObject({ bids: z.int().min(1).max(1000), outcome: z.enum(['failed', 'flagged']) })
    .optional(),
  /** The offered price is not read: the first adjustment makes the evaluated price of other figures. */
  price: z.literal('unread').optional(),
  /** A bid whose label is none of `among` is void: responsiveness, eligibility, set-aside. */
  labels: z
    .array(z.strictObject({ label: identifier, among: z.array(identifier).min(1).max(50) }))
    .min(1)
    .max(20)
    .optional(),
  /** A step of a live round: the evaluated price must be at least `by` under the figure (e.g. the own last price). */
  improvement: z.strictObject({ figure: identifier, by: positive }).optional(),
  /**
   * What a bid leaves that people reject after the opening. `frozen` (so unless declared): benchmark, minimum and maximum
   * stay, so that nobody else's score changes; `anew`: it leaves before them, as any void bid.
   */
  rejected: z.enum(['frozen', 'anew']).optional(),
  reserve: reserve.optional(),
  band: band.optional(),
});
export type Admit = z.infer<typeof admitSchema>;
