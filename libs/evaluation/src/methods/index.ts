import type { MethodDocument } from '../method.js';
import { abnormallyLowTests } from './abnormally-low-tests.js';
import { additivePoints } from './additive-points.js';
import { compositeBenchmark } from './composite-benchmark.js';
import { comprehensiveTrimmedMean } from './comprehensive-trimmed-mean.js';
import { domesticPreference } from './domestic-preference.js';
import { drawnFormula } from './drawn-formula.js';
import { energyServiceNpv } from './energy-service-npv.js';
import { fixedBudget } from './fixed-budget.js';
import { leastCost } from './least-cost.js';
import { lifeCycleCost } from './life-cycle-cost.js';
import { linear } from './linear.js';
import { lowPriceRatio } from './low-price-ratio.js';
import { lowestEvaluatedPrice } from './lowest-evaluated-price.js';
import { nonPriceFeatures } from './non-price-features.js';
import { qcbs } from './qcbs.js';
import { qualityOverPrice } from './quality-over-price.js';
import { reasonableLowPrice } from './reasonable-low-price.js';
import { reservePriceFloor } from './reserve-price-floor.js';
import { smallBusinessSetOff } from './small-business-set-off.js';

export {
  lowPriceRatio,
  comprehensiveTrimmedMean,
  linear,
  abnormallyLowTests,
  additivePoints,
  compositeBenchmark,
  domesticPreference,
  drawnFormula,
  energyServiceNpv,
  fixedBudget,
  leastCost,
  lifeCycleCost,
  lowestEvaluatedPrice,
  nonPriceFeatures,
  qcbs,
  qualityOverPrice,
  reasonableLowPrice,
  reservePriceFloor,
  smallBusinessSetOff,
};

/** Every ready document; a buyer copies one and fills in the ceiling, criteria, figures and weights. */
export const METHODS: readonly MethodDocument[] = [
  lowPriceRatio,
  comprehensiveTrimmedMean,
  linear,
  abnormallyLowTests,
  additivePoints,
  compositeBenchmark,
  domesticPreference,
  drawnFormula,
  energyServiceNpv,
  fixedBudget,
  leastCost,
  lifeCycleCost,
  lowestEvaluatedPrice,
  nonPriceFeatures,
  qcbs,
  qualityOverPrice,
  reasonableLowPrice,
  reservePriceFloor,
  smallBusinessSetOff,
];
