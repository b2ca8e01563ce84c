import type { Boq } from './boq-line.js';
import { keyed } from './check-lines.js';
import type { Prices } from './price-bytes.js';

/** The bidder's unit prices in the order of the buyer's lines: the nth line of a code answers to the buyer's nth. */
export function alignPrices(buyer: Boq, bidder: Boq): Prices {
  const given = new Map(keyed(bidder.lines));
  return keyed(buyer.lines).map(([key]) => given.get(key)?.unitPrice ?? null);
}
