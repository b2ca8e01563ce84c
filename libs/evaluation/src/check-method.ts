import { checkAdjust } from './checks/check-adjust.js';
import { checkCombine } from './checks/check-combine.js';
import { checkDraws } from './checks/check-draws.js';
import { checkInputs } from './checks/check-inputs.js';
import { checkOutcome } from './checks/check-outcome.js';
import { checkSettled } from './checks/check-settled.js';
import type { Finding } from './evaluation-types.js';
import type { Method } from './method.js';

/**
 * What stands between a well-formed method and its publication: weights that do not sum to 100, floor over cap,
 * trimming that leaves nobody, a ceiling that is used but absent, gaps and jumps in piecewise rules, figures that are
 * read but not declared, steps that may divide by zero, a rank that runs the wrong way. Errors keep it from being
 * published and evaluated; warnings are for the author. No finding does not mean that the rule is wise.
 */
export function checkMethod(method: Method): Finding[] {
  return [
    ...checkInputs(method),
    ...checkDraws(method),
    ...checkSettled(method),
    ...checkAdjust(method),
    ...checkCombine(method),
    ...checkOutcome(method),
  ];
}
