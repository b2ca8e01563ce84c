import { ENTRY_PART_OF_SMALL, type Instant, numbered } from '#kernel';
import { evaluatePanel } from '#evaluation';
import type { Scores, Scoring, TechnicalScore } from './scoring.js';

export interface PanelSheet {
  readonly expert: string;
  readonly bid: string;
  readonly scores: Scores;
}

/** Signed sheets as the panel rule reads them, one for each expert and bid. */
export const panelSheets = ({ experts }: Scoring): PanelSheet[] =>
  experts.flatMap(({ expertId, scores }) =>
    Object.entries(scores).map(([bid, own]) => ({ expert: expertId, bid, scores: own })),
  );

/** Experts who stepped back are not waited for; all others sign. */
const isComplete = ({ experts }: Scoring): boolean =>
  experts.some(({ signedAt }) => signedAt !== null) &&
  experts.every(({ signedAt, hasConflict }) => signedAt !== null || hasConflict);

/** Once the last sheet is signed the published panel rule fixes the scores; before that nobody sees any. */
export function lockWhenComplete(scoring: Scoring, now: Instant): Scoring {
  if (scoring.stage !== 'open' || !isComplete(scoring)) return scoring;
  const results: TechnicalScore[] = evaluatePanel(scoring.method, panelSheets(scoring)).bids.map(
    ({ id, score, passed }) => ({ alias: id, score: score.exact, rounded: score.rounded, isPassed: passed }),
  );
  return { ...scoring, stage: 'locked', lockedAt: now, results };
}

/** Locked scores as they are told: parts that fit an entry of the ledger, all results before all sheets. */
export function lockedParts(scoring: Scoring) {
  const all = [
    ...scoring.results.map((result) => ({ result, sheet: null })),
    ...panelSheets(scoring).map((sheet) => ({ result: null, sheet })),
  ];
  return numbered(all, ENTRY_PART_OF_SMALL).map(({ part, parts, items }) => ({
    part,
    parts,
    results: items.flatMap(({ result }) => result ?? []),
    sheets: items.flatMap(({ sheet }) => sheet ?? []),
  }));
}
