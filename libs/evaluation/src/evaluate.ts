import { Rational, jcsBytes, toHex } from '#kernel';
import { sha256 } from '@noble/hashes/sha2.js';
import { panelResult } from './evaluate-panel.js';
import {
  normaliseBids,
  normaliseDraws,
  normaliseSheets,
  readExact,
  refuseInput,
} from './evaluation-input.js';
import type {
  Bid,
  EvaluationDocument,
  EvaluationInput,
  EvaluationResult,
  ScoreSheet,
  TraceNode,
} from './evaluation-types.js';
import { parseMethod, type Method } from './method.js';
import { admitNode } from './nodes/admit.js';
import { reserveNode } from './nodes/reserve.js';
import { requireSound } from './require-sound.js';
import { runStages } from './run-stages.js';

/**
 * Runs the method over the bids. Pure and exact: the same input gives the same bytes everywhere, in whatever order
 * bids and sheets come. Void bids leave the set before any benchmark, minimum or maximum; the benchmark is then
 * frozen. No admissible bid, or fewer than declared, gives `failed`, never an empty ranking.
 *
 * The technical score of a bid comes from the sheets in `panel`, else from `technical`; where both are given they
 * must be equal. Sheets for bids that are not in `bids` (technical envelope failed, price never opened) stay in the
 * trace and rank nowhere.
 *
 * Throws `method.invalid`; `evaluation.input-invalid` for double ids, incomplete sheets, marks out of range, a drawn
 * number that is not recorded. A bad price is no error: the bid is void.
 */
export function evaluate(input: EvaluationInput): EvaluationResult {
  return evaluationDocument(input).result;
}

/** {@link evaluate} with its inputs in canonical order: what is stored, published and given to `recompute`. */
export function evaluationDocument(input: EvaluationInput): EvaluationDocument {
  const method = parseMethod(input.method);
  requireSound(method);
  const bids = normaliseBids(input.bids);
  const panel = normaliseSheets(input.panel ?? []);
  const draws = normaliseDraws(input.draws ?? {});
  const technical = technicalScores(method, bids, panel);
  const reserve = method.admit.reserve ? reserveNode(method.admit.reserve, draws) : null;
  const context = { method, reserve, weakCriteria: technical.weak };
  const admissions = bids.map((bid) => ({
    ...admitNode(bid, technical.scores.get(bid.id) ?? null, context),
    offered: bid.price,
    receivedAt: bid.receivedAt ?? null,
  }));
  const result = runStages({
    method,
    admissions,
    draws,
    sheets: panel,
    trace: [...technical.trace, ...(reserve?.trace ?? [])],
  });
  const hash = toHex(sha256(jcsBytes({ method, bids, panel, draws, result })));
  return { method, bids, panel, draws, result: { ...result, hash } };
}

function technicalScores(
  method: Method,
  bids: readonly Bid[],
  sheets: readonly ScoreSheet[],
): {
  scores: ReadonlyMap<string, Rational>;
  weak: ReadonlySet<string>;
  trace: readonly TraceNode[];
} {
  const scores = new Map<string, Rational>();
  let trace: readonly TraceNode[] = [];
  let weak: ReadonlySet<string> = new Set();
  if (sheets.length > 0) {
    if (!method.panel) refuseInput('The method has no panel stage, but there are score sheets.');
    const result = panelResult(method.panel, sheets);
    ({ trace, weak } = result);
    for (const { id, score } of result.bids) scores.set(id, Rational.from(score.exact));
  }
  for (const { id, technical } of bids) {
    if (technical === undefined) continue;
    const value = readExact(technical, `technical score of ${id}`);
    const fromSheets = scores.get(id);
    if (fromSheets && !fromSheets.equals(value)) {
      refuseInput(`Technical score of ${id} is ${technical}, the sheets give ${fromSheets.toString()}.`, {
        bid: id,
      });
    }
    scores.set(id, value);
  }
  return { scores, weak, trace };
}
