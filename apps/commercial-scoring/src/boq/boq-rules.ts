import type { Rounding } from '#kernel';

/** How a priced bill is checked, as data. */
export interface BoqRules {
  /** Of each line; digits 0 or more. */
  readonly lineRounding: Rounding;
  /** What prices in the buyer's own bill are: an estimate, or a limit that no unit price may exceed. */
  readonly buyerPrices: 'estimate' | 'limit';
  /** A unit price further than this percent from the buyer's is flagged; exactly this far is not. */
  readonly unbalancedPercent: string;
}

export const DEFAULT_BOQ_RULES: BoqRules = {
  lineRounding: { digits: 2, mode: 'half-up' },
  buyerPrices: 'estimate',
  unbalancedPercent: '30',
};
