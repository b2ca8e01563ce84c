import { SCORE_DISPLAY_DIGITS } from './evaluate-panel.js';
import { byText } from './evaluation-input.js';
import type { BidResult, EvaluationFlag } from './evaluation-types.js';
import type { Method } from './method.js';
import type { Benchmark } from './nodes/bench.js';
import type { Settled } from './nodes/choose-drawn.js';
import type { ScoringSet } from './nodes/score.js';
import type { Admitting, Field } from './run-stages.js';
import { exactValue } from './trace-node.js';

/** Digits shown of money whose node declares no rounding. */
export const MONEY_DISPLAY_DIGITS = 2;

/** What is said of the whole: one bid, all equal, a flat line, trimming that fell back. */
export function evaluationFlags(
  { score }: Settled,
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
export function bidResult(
  { id, reasons: early, offered, corrected, technical, isRejected }: Admitting,
  method: Method,
  { evaluated, late }: Field,
): BidResult {
  const own = [...early, ...(late.get(id) ?? [])];
  const reasons = isRejected && own.length === 0 ? ['rejected' as const] : own;
  const money = (value: typeof corrected) => value && exactValue(value, undefined, MONEY_DISPLAY_DIGITS);
  return {
    id,
    admitted: reasons.length === 0,
    reasons,
    price: offered,
    ...(method.correct ? { corrected: money(corrected) } : {}),
    ...(method.adjust ? { evaluated: money(evaluated.get(id) ?? null) } : {}),
    priceScore: null,
    technicalScore: technical && exactValue(technical, method.panel?.rounding, SCORE_DISPLAY_DIGITS),
    total: null,
    rank: null,
    flags: [],
  };
}

/** By rank, then by id; void bids last. */
export function inOrder(bids: readonly BidResult[]): BidResult[] {
  const place = ({ rank }: BidResult): number => rank ?? bids.length + 1;
  return [...bids].sort((a, b) => place(a) - place(b) || byText(a.id, b.id));
}
