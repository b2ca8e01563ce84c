import { checkBench } from './checks/check-bench.js';
import { checkCombine } from './checks/check-combine.js';
import { checkScore } from './checks/check-score.js';
import type { Finding } from './evaluation-types.js';
import type { Method } from './method.js';

/**
 * What stands between a well-formed method and its publication: weights that do not sum to 100, floor over cap,
 * trimming that leaves nobody, a ceiling that is used but absent, gaps and jumps in piecewise rules. Errors keep it
 * from being published and evaluated; warnings are for the author. No finding does not mean that the rule is wise.
 */
export function checkMethod(method: Method): Finding[] {
  return [...checkBench(method), ...checkScore(method.score), ...checkCombine(method)];
}
