import { Rational, invariant } from '#kernel';
import { SCORE_DISPLAY_DIGITS } from './evaluate-panel.js';
import { byText } from './evaluation-input.js';
import type {
  BidFlag,
  BidResult,
  Draws,
  EvaluationFlag,
  EvaluationResult,
  ExactValue,
  FailReason,
  TraceNode,
} from './evaluation-types.js';
import type { Method } from './method.js';
import type { Admission } from './nodes/admit.js';
import { benchNode, type Benchmark } from './nodes/bench.js';
import { combineNode } from './nodes/combine.js';
import { countNode } from './nodes/count.js';
import { rankNode } from './nodes/rank.js';
import { scoreNode, type ScoringSet } from './nodes/score.js';
import { ascending } from './nodes/trim.js';
import { exactValue } from './trace-node.js';

export interface StagesInput {
  readonly method: Method;
  /** By bid id. */
  readonly admissions: readonly (Admission & {
    readonly offered: string;
    readonly receivedAt: string | null;
  })[];
  readonly draws: Draws;
  /** Nodes of the panel stage. */
  readonly trace: readonly TraceNode[];
}

type Admitted = StagesInput['admissions'][number] & { readonly price: Rational };
type Unhashed = Omit<EvaluationResult, 'hash'>;

/** Digits shown of money whose node declares no rounding. */
const MONEY_DISPLAY_DIGITS = 2;

/** bench → score → combine → rank over the admitted bids, on top of the panel's trace. */
export function runStages({ method, admissions, draws, trace: panelTrace }: StagesInput): Unhashed {
  const trace: TraceNode[] = [...panelTrace, ...admissions.map(({ node }) => node)];
  const admitted = admissions.filter(
    (bid): bid is Admitted => bid.reasons.length === 0 && bid.price !== null,
  );
  const count = countNode(admitted.length, method.admit.fewerThan?.bids);
  trace.push(count.node);
  const unscored = admissions.map((bid) => bidResult(bid, method));
  const fail = (reason: FailReason, benchmark: ExactValue | null = null): Unhashed => {
    return { v: 1, outcome: 'failed', reason, benchmark, bids: inOrder(unscored), flags: [], trace };
  };
  if (count.reason) return fail(count.reason);

  const benchmark = method.bench ? benchNode(method.bench, admitted, method, draws) : null;
  if (method.bench && !benchmark) return fail('benchmark-undefined');
  if (benchmark) trace.push(benchmark.node);
  const shown = benchmark && exactValue(benchmark.value, method.bench?.rounding, MONEY_DISPLAY_DIGITS);
  if (benchmark && benchmark.value.sign() <= 0) return fail('benchmark-not-positive', shown);

  const set = scoringSet(admitted, benchmark);
  const scored = scoreAndRank(method, admitted, set, draws);
  trace.push(...scored.trace);
  const bids = inOrder(unscored.map((bid) => ({ ...bid, ...scored.results.get(bid.id) })));
  const flags = [...evaluationFlags(method, set, admitted.length, benchmark), ...scored.flags];
  return { v: 1, outcome: 'ranked', reason: null, benchmark: shown, bids, flags, trace };
}

interface Scored {
  readonly results: ReadonlyMap<string, Pick<BidResult, 'priceScore' | 'total' | 'rank' | 'flags'>>;
  readonly flags: readonly EvaluationFlag[];
  readonly trace: readonly TraceNode[];
}

function scoreAndRank(method: Method, admitted: readonly Admitted[], set: ScoringSet, draws: Draws): Scored {
  const scores = admitted.map((bid) => scoreNode(bid, method.score, set));
  const totals = admitted.map(({ id, technical }, index) =>
    combineNode({ id, technical, priceScore: scores[index]!.value }, method.combine),
  );
  const entrants = admitted.map(({ id, price, technical, receivedAt }, index) => {
    return { id, price, technical, receivedAt, total: totals[index]!.value };
  });
  const ranking = rankNode(entrants, method.rank, draws);
  const places = new Map(ranking.places.map((place) => [place.id, place]));
  const results = new Map(
    admitted.map(({ id }, index) => {
      const place = places.get(id);
      invariant(place, 'every admitted bid has a place');
      const flags: BidFlag[] = [...scores[index]!.flags];
      if (place.isTied) flags.push('tie-unresolved');
      const priceScore = exactValue(scores[index]!.value, method.score.rounding, SCORE_DISPLAY_DIGITS);
      const total = exactValue(totals[index]!.value, method.combine.rounding, SCORE_DISPLAY_DIGITS);
      return [id, { priceScore, total, rank: place.rank, flags }];
    }),
  );
  const flags: EvaluationFlag[] = [];
  if (ranking.places.some(({ isTied }) => isTied)) flags.push('tie-unresolved');
  if (ranking.hasUnavailableKey) flags.push('rank-key-unavailable');
  const trace = [...scores.map(({ node }) => node), ...totals.map(({ node }) => node), ...ranking.trace];
  return { results, flags, trace };
}

function scoringSet(admitted: readonly Admitted[], benchmark: Benchmark | null): ScoringSet {
  const prices = ascending(admitted.map(({ price }) => price));
  return { benchmark: benchmark?.value ?? prices[0]!, min: prices[0]!, max: prices.at(-1)! };
}

function evaluationFlags(
  { score }: Method,
  { min, max }: ScoringSet,
  bids: number,
  benchmark: Benchmark | null,
): EvaluationFlag[] {
  const flags: EvaluationFlag[] = [];
  if (bids === 1) flags.push('single-bid');
  else if (min.equals(max)) flags.push('all-prices-equal');
  if (score.rule === 'linear' && min.equals(max)) flags.push('linear-flat');
  if (benchmark?.fellBack) flags.push('trim-fallback');
  return flags;
}

/** A bid before any scoring: what stays of a void one, or of all when the evaluation fails. */
function bidResult(
  { id, reasons, offered, technical }: StagesInput['admissions'][number],
  method: Method,
): BidResult {
  return {
    id,
    admitted: reasons.length === 0,
    reasons,
    price: offered,
    priceScore: null,
    technicalScore: technical && exactValue(technical, method.panel?.rounding, SCORE_DISPLAY_DIGITS),
    total: null,
    rank: null,
    flags: [],
  };
}

function inOrder(bids: readonly BidResult[]): BidResult[] {
  const place = ({ rank }: BidResult): number => rank ?? bids.length + 1;
  return [...bids].sort((a, b) => place(a) - place(b) || byText(a.id, b.id));
}
