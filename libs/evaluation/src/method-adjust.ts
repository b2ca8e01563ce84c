import { z } from 'zod';
import { identifier, nonNegative, positive, rounding } from './method-parts.js';

const settled = { rounding: rounding.optional() };

/** Bidders of one class: the label is one of `among`. */
const who = z.strictObject({ label: identifier, among: z.array(identifier).min(1).max(50) });
export type Who = z.infer<typeof who>;

/** Whether a preference applies at all: judged on the prices before this step. */
const when = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('always') }),
  /** Somebody of the class is (or with `is: false` nobody is) among the admitted bidders. */
  z.strictObject({ rule: z.literal('class-bids'), who, is: z.boolean() }),
  /** A lowest bidder is (or with `is: false` none is) of the class. */
  z.strictObject({ rule: z.literal('lowest-is'), who, is: z.boolean() }),
  /** The lowest among a class is (or with `is: false` is not) of the other class; never without a bid of the class. */
  z.strictObject({ rule: z.literal('lowest-in'), class: who, who, is: z.boolean() }),
]);
export type When = z.infer<typeof when>;

const preference = z.strictObject({
  rule: z.literal('preference'),
  ...settled,
  who,
  /** `is: false`: the step applies to everybody outside the class. */
  is: z.boolean(),
  sign: z.enum(['add', 'deduct']),
  percent: positive,
  /** Percent of the bid's own price, or of the lowest price before this step. */
  of: z.enum(['own', 'lowest']),
  /** The most that is added or deducted, in money. */
  cap: positive.optional(),
  when,
});

/** One cost of the life cycle, in each of `years` years or once at the end of year `at`. */
const cost = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('yearly'), figure: identifier, years: z.int().min(1).max(100) }),
  z.strictObject({ kind: z.literal('once'), figure: identifier, at: z.int().min(0).max(100) }),
  z.strictObject({ kind: z.literal('series'), series: identifier }),
]);
export type LifeCost = z.infer<typeof cost>;

export const adjustStep = z.discriminatedUnion('rule', [
  /** Price × (1 − figure %), or price − figure. */
  z.strictObject({
    rule: z.literal('discount'),
    ...settled,
    figure: identifier,
    as: z.enum(['percent', 'amount']),
  }),
  /** Price × rate of the currency in the label; the date is the one on which the rates were published. */
  z.strictObject({
    rule: z.literal('currency'),
    ...settled,
    label: identifier,
    rates: z.record(identifier, positive),
    date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  }),
  /** Price ± weight × Σ figures: costs that the buyer bears, deviations priced, credits. */
  z.strictObject({
    rule: z.literal('figures'),
    ...settled,
    sign: z.enum(['add', 'deduct']),
    figures: z.array(identifier).min(1).max(50),
    weight: positive.optional(),
  }),
  /** Items that a bid may leave out: the figure is the priced item, 0 means omitted. */
  z.strictObject({
    rule: z.literal('omitted'),
    ...settled,
    items: z
      .array(z.strictObject({ figure: identifier, estimate: nonNegative.optional() }))
      .min(1)
      .max(100),
    /** Dearest or mean of those who priced it, or the buyer's estimate (also where nobody priced it). */
    at: z.enum(['max', 'mean', 'estimate']),
  }),
  preference,
  /** Price ÷ or × a figure. */
  z.strictObject({
    rule: z.literal('coefficient'),
    ...settled,
    figure: identifier,
    operation: z.enum(['divide', 'multiply']),
  }),
  /** Non-price features: price ÷ (1 + Σ figures ÷ (1 − Σ maxima)); shares of 1. */
  z.strictObject({
    rule: z.literal('features'),
    ...settled,
    features: z
      .array(z.strictObject({ figure: identifier, max: nonNegative }))
      .min(1)
      .max(50),
  }),
  /** Price + Σ costs, discounted by `ratePercent` a year where there is one. */
  z.strictObject({
    rule: z.literal('life-cycle'),
    ...settled,
    costs: z.array(cost).min(1).max(50),
    ratePercent: nonNegative.optional(),
  }),
  /** Price − (technical − `from`) × money per point: quality bought at a published price. */
  z.strictObject({ rule: z.literal('quality-money'), ...settled, perPoint: positive, from: nonNegative }),
  /** Net present value of an energy-service contract; replaces the price, the highest is best. */
  z.strictObject({
    rule: z.literal('esco-npv'),
    ...settled,
    announcedOn: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/),
    /** Yearly discount rate as a share of 1. */
    rate: nonNegative,
    daysPerYear: z.int().min(360).max(366),
    savings: identifier,
    share: identifier,
    years: identifier,
    days: identifier,
  }),
  /** Price × a number: tax, or a normal form of prices with and without it. */
  z.strictObject({ rule: z.literal('factor'), ...settled, value: positive, who: who.optional() }),
]);
export type AdjustStep = z.infer<typeof adjustStep>;
export type StepOf<Rule extends AdjustStep['rule']> = Extract<AdjustStep, { rule: Rule }>;

export const adjustSchema = z.array(adjustStep).min(1).max(20);
export type Adjust = z.infer<typeof adjustSchema>;
