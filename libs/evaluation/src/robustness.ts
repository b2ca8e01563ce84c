import { Rational } from '#kernel';
import { checkMethod } from './check-method.js';
import { evaluate } from './evaluate.js';
import type { EvaluationInput, EvaluationResult } from './evaluation-types.js';
import type { Method } from './method.js';

/** One change of the input, and who is first after it. */
export interface Variation {
  readonly change: 'without-bid' | 'without-expert' | 'price-weight-up' | 'price-weight-down';
  /** The bid or expert that was left out; the weight of the price that was tried. */
  readonly subject: string;
  /** Null where nobody alone is first, or the evaluation fails. */
  readonly winner: string | null;
}

export interface Robustness {
  readonly winner: string | null;
  /** Every variation that was run. */
  readonly variations: readonly Variation[];
  /** Those after which somebody else is first. Losing the winner's own bid is no such case. */
  readonly sensitive: readonly Variation[];
}

/** With more bids than these it is not tried what the absence of each would change: as many evaluations of as many bids. */
export const LEFT_OUT_BIDS_MAX = 100;
/** By how many percent points the weight of the price is moved, unless the caller says otherwise. */
export const WEIGHT_STEP = '1';

/** A variation that was not run yet. */
export type Trial = () => Variation;

/** Whoever is alone first; null where nobody is. */
export const winnerOf = ({ bids }: EvaluationResult): string | null => {
  const first = bids.filter(({ rank }) => rank === 1);
  return first.length === 1 ? first[0]!.id : null;
};

/**
 * Would the winner change without any one other bid, any one expert, or with the weight of the price one `step`
 * (percent points) higher or lower? Published with the award, so that a result that hangs by a thread can be seen. It
 * runs the evaluation once for each variation and changes nothing. Throws as `evaluate` does.
 */
export function robustness(input: EvaluationInput, step = WEIGHT_STEP): Robustness {
  const winner = winnerOf(evaluate(input));
  return robustnessOf(
    winner,
    trialsOf(input, winner, step).map((trial) => trial()),
  );
}

export const robustnessOf = (winner: string | null, variations: readonly Variation[]): Robustness => ({
  winner,
  variations,
  sensitive: variations.filter((one) => one.winner !== winner),
});

/** What {@link robustness} tries, one by one, for callers who have other work between. */
export function trialsOf(input: EvaluationInput, winner: string | null, step = WEIGHT_STEP): Trial[] {
  const bids = input.bids.length > LEFT_OUT_BIDS_MAX ? [] : withoutBids(input, winner);
  return [...bids, ...withoutExperts(input), ...otherWeights(input, step)];
}

function withoutBids(input: EvaluationInput, winner: string | null): Trial[] {
  return input.bids
    .filter(({ id }) => id !== winner)
    .map(({ id }) => () => {
      const left = { ...input, bids: input.bids.filter((bid) => bid.id !== id) };
      return { change: 'without-bid', subject: id, winner: winnerOf(evaluate(left)) };
    });
}

function withoutExperts(input: EvaluationInput): Trial[] {
  const { panel = [] } = input;
  const experts = [...new Set(panel.map(({ expert }) => expert))].sort();
  if (experts.length < 2) return [];
  return experts.map((expert) => () => {
    const left = { ...input, panel: panel.filter((sheet) => sheet.expert !== expert) };
    return { change: 'without-expert', subject: expert, winner: winnerOf(evaluate(stated(left))) };
  });
}

/** Technical scores that the sheets gave would contradict fewer sheets. */
function stated(input: EvaluationInput): EvaluationInput {
  return { ...input, bids: input.bids.map(({ technical: _given, ...bid }) => bid) };
}

function otherWeights(input: EvaluationInput, step: string): Trial[] {
  const { combine } = input.method;
  if (combine.rule !== 'weighted-sum') return [];
  const tried = [
    { change: 'price-weight-up', by: Rational.from(step) },
    { change: 'price-weight-down', by: Rational.from(step).neg() },
  ] as const;
  return tried.flatMap(({ change, by }) => {
    const price = text(Rational.from(combine.weights.price).add(by));
    const technical = text(Rational.from(combine.weights.technical).sub(by));
    if (price.startsWith('-') || technical.startsWith('-')) return [];
    const method: Method = { ...input.method, combine: { ...combine, weights: { price, technical } } };
    if (checkMethod(method).some(({ severity }) => severity === 'error')) return [];
    return [() => ({ change, subject: price, winner: winnerOf(evaluate({ ...input, method })) })];
  });
}

/** Decimal text of a weight; weights are decimals, so twelve places lose nothing of what is used. */
const text = (value: Rational): string =>
  value.d === 1n ? value.toString() : value.toFixed({ digits: 12, mode: 'half-up' }).replace(/0+$/, '');
