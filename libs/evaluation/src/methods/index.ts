import type { MethodDocument } from '../method.js';
import { comprehensiveTrimmedMean } from './comprehensive-trimmed-mean.js';
import { linear } from './linear.js';
import { lowPriceRatio } from './low-price-ratio.js';

export { comprehensiveTrimmedMean, linear, lowPriceRatio };

/** Every ready document; a buyer copies one and fills in the ceiling, criteria and weights. */
export const METHODS: readonly MethodDocument[] = [lowPriceRatio, comprehensiveTrimmedMean, linear];
