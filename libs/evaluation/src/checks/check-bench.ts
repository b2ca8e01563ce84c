import { Rational, sum } from '#kernel';
import type { Finding } from '../evaluation-types.js';
import type { Settled } from '../nodes/choose-drawn.js';
import type { SimpleBench } from '../method-bench.js';
import type { PlainScore } from '../method-score.js';
import { checkTrimTable } from './check-trim-table.js';
import { error } from './finding.js';

/** The benchmark is there where the score needs one, its parts are complete; floor ≤ ceiling of the admission. */
export function checkBench(method: Settled): Finding[] {
  const { bench, admit, score } = method;
  const findings = checkLimits(admit);
  if (!bench) {
    if (needsBench(score)) {
      findings.push(
        error('bench.missing', 'bench', '该评分规则需要基准价。', 'This score rule needs a benchmark.'),
      );
    }
    return findings;
  }
  if (bench.of.rule !== 'blend' && bench.of.rule !== 'composite') {
    return [...findings, ...checkPart(bench.of, 'bench.of', method)];
  }
  for (const [index, { of }] of bench.of.parts.entries()) {
    findings.push(...checkPart(of, `bench.of.parts.${index}.of`, method));
  }
  if (bench.of.rule === 'composite') return findings;
  if (!sum(bench.of.parts.map(({ weight }) => Rational.from(weight))).equals(Rational.of(100n))) {
    findings.push(
      error(
        'bench.weights-not-100',
        'bench.of.parts',
        '基准价权重之和不等于 100。',
        'The blend’s weights do not sum to 100.',
      ),
    );
  }
  return findings;
}

/** Rules that read the benchmark; the others read the prices themselves. */
function needsBench(score: PlainScore): boolean {
  switch (score.rule) {
    case 'linear':
    case 'places':
    case 'lowest-passes':
    case 'none':
      return false;
    case 'anchored':
      return score.fullAt.at === 'benchmark' || score.lowAt.at === 'benchmark';
    default:
      return true;
  }
}

function checkPart(rule: SimpleBench, path: string, { admit }: Settled): Finding[] {
  if (rule.rule === 'trimmed-mean') return checkTrimTable(rule.table, `${path}.table`);
  if (rule.rule === 'ceiling' && !admit.ceiling) {
    return [
      error(
        'ceiling.missing',
        path,
        '规则使用最高限价，但未设置。',
        'The rule uses a ceiling price, but none is set.',
      ),
    ];
  }
  return [];
}

function checkLimits({ ceiling, floor }: Settled['admit']): Finding[] {
  if (!ceiling || !floor) return [];
  const isEmpty = Rational.from(ceiling.price).lessThan(Rational.from(floor.price));
  return isEmpty
    ? [
        error(
          'admit.limits-crossed',
          'admit',
          '最低限价高于最高限价。',
          'The floor price is above the ceiling.',
        ),
      ]
    : [];
}
