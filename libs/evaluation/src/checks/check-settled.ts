import { Rational } from '#kernel';
import type { Finding } from '../evaluation-types.js';
import type { Method } from '../method.js';
import { checkBench } from './check-bench.js';
import { checkScore } from './check-score.js';
import { error } from './finding.js';

/** Benchmark and score as they will hold: of the method itself, or of every option that the draw may choose. */
export function checkSettled(method: Method): Finding[] {
  const { score, bench, ...rest } = method;
  if (score.rule !== 'drawn') {
    return [...checkBench({ ...method, score }), ...(score.rule === 'none' ? [] : checkScore(score))];
  }
  const findings: Finding[] = [];
  if (bench) {
    findings.push(
      error(
        'score.drawn-with-bench',
        'bench',
        '基准价由抽取结果决定。',
        'The benchmark belongs to the options.',
      ),
    );
  }
  let before: Rational | null = null;
  for (const [index, { upTo, bench: own, score: plain }] of score.options.entries()) {
    const path = `score.options.${index}`;
    const limit = Rational.from(upTo);
    if (before && limit.atMost(before)) {
      findings.push(error('score.options-unordered', path, '选项未按升序排列。', 'Options must ascend.'));
    }
    before = limit;
    const settled = { ...rest, ...(own ? { bench: own } : {}), score: plain };
    const inner = [...checkBench(settled), ...(plain.rule === 'none' ? [] : checkScore(plain))];
    findings.push(
      ...inner.map((finding) => ({
        ...finding,
        path: /^(?:bench|score)\b/.test(finding.path) ? `${path}.${finding.path}` : finding.path,
      })),
    );
  }
  if (score.take === 'cents' && before && before.lessThan(Rational.of(99n))) {
    findings.push(
      error('score.options-short', 'score.options', '选项未覆盖到 99。', 'The options end before 99.'),
    );
  }
  return findings;
}
