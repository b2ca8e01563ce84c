import { Rational } from '#kernel';
import { byText, normaliseSheets, refuseInput } from './evaluation-input.js';
import type { PanelBidResult, PanelResult, ScoreSheet, TraceNode } from './evaluation-types.js';
import type { Method } from './method.js';
import type { Panel } from './method-panel.js';
import { panelNode } from './nodes/panel.js';
import { requireSound } from './require-sound.js';
import { exactValue } from './trace-node.js';

/** Digits shown of a score whose node declares no rounding. */
export const SCORE_DISPLAY_DIGITS = 4;

/**
 * Technical score per bid from the experts' sheets, with the trace and whether it passes the panel's threshold
 * (equal passes) and every criterion's own minimum. The order of the sheets never matters. Every bid must have exactly one complete sheet from each
 * expert, every mark between 0 and the criterion's maximum.
 * Throws `method.invalid` (errors in the method, or no panel stage) and `evaluation.input-invalid`.
 */
export function evaluatePanel(method: Method, sheets: readonly ScoreSheet[]): PanelResult {
  requireSound(method);
  const { panel } = method;
  if (!panel) refuseInput('The method has no panel stage, but there are score sheets.');
  const { bids, trace } = panelResult(panel, normaliseSheets(sheets));
  return { bids, trace };
}

/** The same for a method already checked and sheets already in order. */
export function panelResult(
  panel: Panel,
  sheets: readonly ScoreSheet[],
): PanelResult & { readonly weak: ReadonlySet<string> } {
  const byBid = new Map<string, ScoreSheet[]>();
  for (const sheet of sheets) byBid.set(sheet.bid, [...(byBid.get(sheet.bid) ?? []), sheet]);
  const experts = [...new Set(sheets.map(({ expert }) => expert))].sort(byText);
  const bids: PanelBidResult[] = [];
  const trace: TraceNode[] = [];
  const weak = new Set<string>();
  for (const [bid, own] of byBid) {
    for (const [index, expert] of experts.entries()) {
      if (own.length === experts.length && own[index]?.expert === expert) continue;
      refuseInput(`Bid ${bid} needs exactly one sheet from each of ${experts.length} experts.`, {
        bid,
        expert,
      });
    }
    const score = panelNode(bid, own, panel);
    trace.push(...score.trace);
    if (score.isWeak) weak.add(bid);
    bids.push({
      id: bid,
      score: exactValue(score.value, panel.rounding, SCORE_DISPLAY_DIGITS),
      passed:
        !score.isWeak &&
        (panel.threshold === undefined || Rational.from(panel.threshold).atMost(score.value)),
    });
  }
  return { bids, trace, weak };
}
