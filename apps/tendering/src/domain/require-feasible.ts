import { DomainError } from '#kernel';
import type { Method } from '#evaluation';

const DRAWN_FROM = new Set<unknown>(['draw', 'draw-rest']);
const DRAWN_RULES = new Set<unknown>(['drawn', 'drawn-mean', 'reserve']);

/**
 * The engine knows more than this platform collects: figures beside the price, corrected bills and public draws are not
 * carried to it yet. A method that needs them would void every bid, so it is refused before anybody bids. Throws
 * `method.invalid`.
 */
export function requireFeasible(method: Method): void {
  const missing = [
    ...(method.inputs ? ['figures that bidders state beside the price (inputs)'] : []),
    ...(method.correct ? ['corrected bills (correct)'] : []),
    ...(method.admit.reserve || needsDraw(method) ? ['public draws'] : []),
  ];
  if (missing.length === 0) return;
  throw new DomainError(
    'method.invalid',
    `The method needs what this platform does not collect yet: ${missing.join('; ')}.`,
    { missing },
  );
}

function needsDraw(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { from, rule } = value as { readonly from?: unknown; readonly rule?: unknown };
  return DRAWN_FROM.has(from) || DRAWN_RULES.has(rule) || Object.values(value).some(needsDraw);
}
