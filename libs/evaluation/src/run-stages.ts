import { Rational, invariant } from '#kernel';
import { afterRank } from './after-rank.js';
import { bidResult, evaluationFlags, inOrder, MONEY_DISPLAY_DIGITS } from './bid-results.js';
import { SCORE_DISPLAY_DIGITS } from './evaluate-panel.js';
import type {
  BidFlag,
  BidResult,
  Draws,
  EvaluationFlag,
  EvaluationResult,
  ExactValue,
  FailReason,
  ScoreSheet,
  TraceNode,
  VoidReason,
} from './evaluation-types.js';
import type { Method } from './method.js';
import { adjustNodes } from './nodes/adjust.js';
import { admitEvaluated, hasLateAdmission } from './nodes/admit-evaluated.js';
import type { Admission } from './nodes/admit.js';
import { benchNode, type Benchmark } from './nodes/bench.js';
import { chooseDrawn, type Settled } from './nodes/choose-drawn.js';
import { combineNode } from './nodes/combine.js';
import { countNode } from './nodes/count.js';
import type { Entrant } from './nodes/entrant.js';
import { rankNode, type Ranking } from './nodes/rank.js';
import { rejectedNode } from './nodes/rejected.js';
import { rescaleNodes } from './nodes/rescale.js';
import { scoreNode, type ScoringSet } from './nodes/score.js';
import { ascending } from './nodes/trim.js';
import { exactValue } from './trace-node.js';

export type Admitting = Admission & { readonly offered: string; readonly receivedAt: string | null };

export interface StagesInput {
  readonly method: Method;
  /** By bid id. */
  readonly admissions: readonly Admitting[];
  readonly draws: Draws;
  readonly sheets: readonly ScoreSheet[];
  /** Nodes of the panel stage. */
  readonly trace: readonly TraceNode[];
}

type Unhashed = Omit<EvaluationResult, 'hash'>;

/** adjust → bench → score → combine → rank → award → flags over the admitted bids, on top of the panel's trace. */
export function runStages({ method, admissions, draws, sheets, trace: before }: StagesInput): Unhashed {
  const trace: TraceNode[] = [
    ...before,
    ...admissions.flatMap(({ trace: corrections, node }) => [...corrections, node]),
  ];
  const field = enter(method, admissions, draws, trace);
  const unscored = admissions.map((bid) => bidResult(bid, method, field));
  const fail = (reason: FailReason, benchmark: ExactValue | null = null): Unhashed => {
    return { v: 1, outcome: 'failed', reason, benchmark, bids: inOrder(unscored), flags: [], trace };
  };
  if (field.reason) return fail(field.reason);

  const { settled, trace: choice } = chooseDrawn(method, draws);
  trace.push(...choice);
  const { bench } = settled;
  const benchmark = bench ? benchNode(bench, field.entrants, method, draws) : null;
  if (bench && !benchmark) return fail('benchmark-undefined');
  if (benchmark) trace.push(benchmark.node);
  const shown = benchmark && exactValue(benchmark.value, bench?.rounding, MONEY_DISPLAY_DIGITS);
  if (benchmark && benchmark.value.sign() <= 0) return fail('benchmark-not-positive', shown);

  const set = scoringSet(method, field.entrants, benchmark);
  const left = field.entrants.filter(({ isRejected }) => !isRejected);
  trace.push(...field.entrants.flatMap((bid) => (bid.isRejected ? [rejectedNode(bid.id)] : [])));
  if (left.length === 0) return fail('no-admissible-bid', shown);
  const scored = scoreAndRank(settled, field.entrants, set, draws, benchmark);
  trace.push(...scored.trace);
  const bids = inOrder(unscored.map((bid) => ({ ...bid, ...scored.results.get(bid.id) })));
  const own = evaluationFlags(settled, set, field.entrants.length, benchmark);
  const flags = [...own, ...scored.flags, ...field.flags];
  const ended = afterRank({ method, admissions, sheets }, bids, field.entrants, scored.ranking);
  trace.push(...ended.trace);
  return { v: 1, outcome: 'ranked', reason: null, benchmark: shown, bids, flags, ...ended.members, trace };
}

/** The bids that are scored, with their evaluated prices, and why others left on the way. */
export interface Field {
  readonly entrants: readonly Entrant[];
  readonly evaluated: ReadonlyMap<string, Rational>;
  readonly late: ReadonlyMap<string, readonly VoidReason[]>;
  readonly reason: FailReason | null;
  readonly flags: readonly EvaluationFlag[];
}

function enter(method: Method, admissions: readonly Admitting[], draws: Draws, trace: TraceNode[]): Field {
  let entrants: readonly Entrant[] = admissions.flatMap(entrantOf);
  const evaluated = new Map<string, Rational>();
  const minimum = method.admit.fewerThan;
  const count = (): Pick<Field, 'reason' | 'flags'> => {
    const { node, reason } = countNode(entrants.length, minimum?.bids, minimum?.outcome);
    trace.push(node);
    const isFlagged = reason === 'too-few-bids' && minimum?.outcome === 'flagged';
    return { reason: isFlagged ? null : reason, flags: isFlagged ? ['too-few-bids'] : [] };
  };
  const first = count();
  const none: Field = { entrants, evaluated, late: new Map(), ...first };
  if (first.reason || !hasLateAdmission(method)) return none;
  if (method.adjust) {
    const adjusted = adjustNodes(method.adjust, entrants);
    trace.push(...adjusted.trace);
    entrants = adjusted.entrants;
    for (const { id, price } of entrants) evaluated.set(id, price);
  }
  const late = admitEvaluated(method, entrants, draws);
  trace.push(...late.trace);
  entrants = late.kept;
  return { entrants, evaluated, late: late.reasons, ...count() };
}

function entrantOf(bid: Admitting): Entrant[] {
  const { id, price, corrected, technical, receivedAt, stated, isRejected } = bid;
  if (bid.reasons.length > 0 || !price || !corrected) return [];
  return [{ id, offered: price, corrected, price: corrected, technical, receivedAt, stated, isRejected }];
}

interface Scored {
  readonly results: ReadonlyMap<string, Partial<BidResult>>;
  readonly flags: readonly EvaluationFlag[];
  readonly ranking: Ranking;
  readonly trace: readonly TraceNode[];
}

function scoreAndRank(
  method: Settled,
  admitted: readonly Entrant[],
  set: ScoringSet,
  draws: Draws,
  benchmark: Benchmark | null,
): Scored {
  const { score } = method;
  const scores = admitted.map((bid) => (score.rule === 'none' ? null : scoreNode(bid, score, set)));
  const rescaled = method.panel ? rescaleNodes(method.panel, admitted) : { entrants: admitted, trace: [] };
  const totals = rescaled.entrants.map((bid, index) =>
    combineNode({ ...bid, priceScore: scores[index]?.value ?? null }, method.combine),
  );
  const entrants = rescaled.entrants.map((bid, index) => ({ ...bid, total: totals[index]!.value }));
  const ranked = entrants.filter(({ isRejected }) => !isRejected);
  const ranking = rankNode(ranked, method.rank, draws, benchmark?.value ?? null);
  const places = new Map(ranking.places.map((place) => [place.id, place]));
  const results = new Map(
    entrants.flatMap(({ id, technical, isRejected }, index) => {
      if (isRejected) return [];
      const place = places.get(id);
      invariant(place, 'every bid that is left has a place');
      const flags: BidFlag[] = [...(scores[index]?.flags ?? [])];
      if (place.isTied) flags.push('tie-unresolved');
      const own = scores[index];
      const rounding = score.rule === 'none' ? undefined : score.rounding;
      const priceScore = own ? exactValue(own.value, rounding, SCORE_DISPLAY_DIGITS) : null;
      const total = exactValue(totals[index]!.value, method.combine.rounding, SCORE_DISPLAY_DIGITS);
      const shown =
        method.panel?.rescale && technical
          ? { technicalScore: exactValue(technical, method.panel.rescale.rounding, SCORE_DISPLAY_DIGITS) }
          : {};
      return [[id, { priceScore, ...shown, total, rank: place.rank, flags }] as const];
    }),
  );
  const flags: EvaluationFlag[] = [];
  if (ranking.places.some(({ isTied }) => isTied)) flags.push('tie-unresolved');
  if (ranking.hasUnavailableKey) flags.push('rank-key-unavailable');
  const isShown = ({ subject }: TraceNode): boolean => results.has(subject);
  const nodes = [...scores.flatMap((one) => (one ? [one.node] : [])).filter(isShown), ...rescaled.trace];
  const sums = totals.map(({ node }) => node).filter(isShown);
  return { results, flags, ranking, trace: [...nodes, ...sums, ...ranking.trace] };
}

function scoringSet(
  { admit }: Method,
  admitted: readonly Entrant[],
  benchmark: Benchmark | null,
): ScoringSet {
  const prices = ascending(admitted.map(({ price }) => price));
  return {
    benchmark: benchmark?.value ?? prices[0]!,
    min: prices[0]!,
    max: prices.at(-1)!,
    prices,
    ceiling: admit.ceiling ? Rational.from(admit.ceiling.price) : null,
  };
}
