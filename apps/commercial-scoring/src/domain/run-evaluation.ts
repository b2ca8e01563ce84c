import { ENTRY_PART_OF_SMALL, fromHex, type Instant, numbered } from '#kernel';
import {
  type Bid,
  type Draws,
  evaluationDocument,
  type EvaluationInput,
  type EvaluationResult,
  makeDraws,
  type Method,
  withCeiling,
} from '#evaluation';
import { drawSeed } from '#sealing';
import type { CommercialEvaluation, Offer } from './commercial-evaluation.js';
import type { BidChange } from './correction.js';
import { flagged, isPending, type PriceClarification } from './price-clarification.js';

/** All that the method draws, over the bids whose offers were opened. */
export function drawsOf({ tid, method, identities = [], offers }: CommercialEvaluation): Draws {
  if (tid === undefined) return {};
  const aliases = (offers ?? []).map(({ alias }) => alias);
  return makeDraws(method, aliases, drawSeed(fromHex(tid), identities));
}

/**
 * Runs the published method over the offers that were opened. Where it calls prices abnormally low that nobody decided on,
 * these are flagged and there is no result yet. Sheets of bids that did not pass stay out of it: their commercial
 * envelopes are sealed, so they have no price.
 */
export function evaluateWhenReady(evaluation: CommercialEvaluation, now: Instant): CommercialEvaluation {
  const { document, prices = [] } = evaluation;
  if (document !== null || isPending(prices)) return evaluation;
  const input = inputOf(evaluation);
  if (input === null) return evaluation;
  const computed = evaluationDocument(input);
  const found = newlyFlagged(evaluation.method, computed.result, prices);
  if (found.length > 0) return { ...evaluation, prices: [...prices, ...found] };
  return { ...evaluation, document: computed, evaluatedAt: now };
}

/** Offers as opened, with what people decided about them since; null while something is missing. */
export function inputOf(evaluation: CommercialEvaluation): EvaluationInput | null {
  const { technical, offers, prices = [], corrections = [] } = evaluation;
  if (technical === null || offers === null) return null;
  const opened = new Set(offers.map(({ alias }) => alias));
  const rejected = prices
    .filter(({ state }) => state === 'rejected')
    .map(({ alias }): BidChange => ({ alias, rejected: true }));
  const changes = [...rejected, ...corrections.flatMap((one) => one.changes)];
  return {
    method: withCeiling(evaluation.method, evaluation.ceilingPrice),
    bids: offers.map((offer) => bidOf(offer, changes)),
    panel: evaluation.sheets.filter(({ bid }) => opened.has(bid)),
    draws: drawsOf(evaluation),
  };
}

function bidOf({ alias, price, stated, bill }: Offer, changes: readonly BidChange[]): Bid {
  let isRejected = false;
  let figures = stated?.figures;
  let labels = stated?.labels;
  for (const change of changes) {
    if (change.alias !== alias) continue;
    isRejected = change.rejected ?? isRejected;
    if (change.figures) figures = { ...figures, ...change.figures };
    if (change.labels) labels = { ...labels, ...change.labels };
  }
  return {
    id: alias,
    price,
    ...(stated?.series ? { series: stated.series } : {}),
    ...(figures ? { figures } : {}),
    ...(labels ? { labels } : {}),
    ...(bill ? { bill } : {}),
    ...(isRejected ? { rejected: true } : {}),
  };
}

/** Bids that a flag of the method names that asks, and that were not in question before; in order of aliases. */
function newlyFlagged(
  { flags = [] }: Method,
  { advisory = [] }: EvaluationResult,
  known: readonly PriceClarification[],
): PriceClarification[] {
  const asking = new Set(flags.filter(({ asks }) => asks).map(({ id }) => id));
  const raised = advisory.filter(
    ({ id, subject }) => asking.has(id) && !known.some(({ alias }) => alias === subject),
  );
  const subjects = [...new Set(raised.map(({ subject }) => subject))].sort();
  return subjects.map((alias) =>
    flagged(
      alias,
      raised
        .filter(({ subject }) => subject === alias)
        .map(({ id, measure, limit }) => ({ id, measure: measure.exact, limit: limit.exact })),
    ),
  );
}

/** The evaluation as it is told: parts that fit an entry of the ledger, by rank, with the offered price. */
export function rankingParts(evaluation: CommercialEvaluation) {
  const { outcome, hash } = evaluation.document!.result;
  const version = versionOf(evaluation);
  return numbered(rankingOf(evaluation), ENTRY_PART_OF_SMALL).map(({ items: ranking, ...part }) => ({
    outcome,
    hash,
    version,
    ...part,
    ranking,
  }));
}

/** The first result is version 1; each confirmed correction makes the next. */
export const versionOf = ({ corrections = [] }: CommercialEvaluation): number => corrections.length + 1;

function rankingOf({ document }: CommercialEvaluation) {
  return (document?.result.bids ?? []).map(({ id, rank, price, total }) => ({
    alias: id,
    rank,
    price,
    total: total?.rounded ?? null,
  }));
}
