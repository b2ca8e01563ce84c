import type { previewMethod, RequestOf, ResponseOf, simulateMethod } from '#contracts';
import {
  type BidResult,
  evaluate,
  type EvaluationInput,
  explainAll,
  manipulability,
  type Move,
  parseEvaluationInput,
  parseMethod,
  withCeiling,
} from '#evaluation';

export type Trial =
  | { readonly kind: 'preview'; readonly request: RequestOf<typeof previewMethod> }
  | { readonly kind: 'simulate'; readonly request: RequestOf<typeof simulateMethod> };
export type TrialAnswer = ResponseOf<typeof previewMethod> | ResponseOf<typeof simulateMethod>;

/** {@link previewTrial} or {@link simulateTrial}, by its kind. */
export const tryMethod = (trial: Trial): TrialAnswer =>
  trial.kind === 'preview' ? previewTrial(trial.request) : simulateTrial(trial.request);

function inputOf({ method, ceilingPrice, bids, draws }: Trial['request']): EvaluationInput {
  const parsed = parseMethod(method);
  return parseEvaluationInput({
    method: ceilingPrice === undefined ? parsed : withCeiling(parsed, ceilingPrice),
    bids,
    ...(draws ? { draws } : {}),
  });
}

/**
 * The ranking of sample bids, by the very code that will rank the real ones. Throws `method.invalid` and
 * `evaluation.input-invalid` as `evaluate` does. How long it takes is not bounded here.
 */
export function previewTrial(request: RequestOf<typeof previewMethod>): ResponseOf<typeof previewMethod> {
  const result = evaluate(inputOf(request));
  const { outcome, reason, benchmark, flags, award = null } = result;
  const explained = explainAll(result);
  return {
    outcome,
    reason,
    benchmark,
    flags: [...flags],
    steps: [...explained.all],
    bids: result.bids.map((bid) => ({ ...shown(bid), steps: [...explained.bids[bid.id]!] })),
    award: award && { winner: award.winner, price: award.price },
  };
}

const shown = (bid: BidResult) => {
  const { id, rank, price, evaluated = null, priceScore, technicalScore, total, reasons, flags } = bid;
  return {
    id,
    rank,
    price,
    evaluated,
    priceScore,
    technicalScore,
    total,
    reasons: [...reasons],
    flags: [...flags],
  };
};

/** Who would be first with cover bids; throws as {@link previewTrial}. */
export function simulateTrial(request: RequestOf<typeof simulateMethod>): ResponseOf<typeof simulateMethod> {
  const { winner, tried, moves } = manipulability(inputOf(request));
  return { winner, tried, moves: moves.map((move) => ({ ...move, sentence: sentence(move) })) };
}

const sentence = ({ bidder, covers, percent, rankBefore }: Move) => ({
  zh: `${bidder}（原${rankBefore === null ? '为无效投标' : `第 ${rankBefore} 名`}）再以自身报价的 ${percent}% 陪投 ${covers} 份，即列第 1 名`,
  en: `${bidder} (${rankBefore === null ? 'void' : `rank ${rankBefore}`}) becomes first by ${covers} cover bid${covers === 1 ? '' : 's'} at ${percent} % of its own price`,
});
