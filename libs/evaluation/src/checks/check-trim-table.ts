import type { Finding } from '../evaluation-types.js';
import type { TrimRow } from '../method-parts.js';
import { error, warning } from './finding.js';

/** Rows ascending without overlap, each leaving at least one value; gaps are left to the declared fall-back, warned. */
export function checkTrimTable(table: readonly TrimRow[], path: string): Finding[] {
  const findings: Finding[] = [];
  let expected = 1;
  for (const [index, { from, to, dropLow, dropHigh }] of table.entries()) {
    const at = `${path}.${index}`;
    if (to !== null && to < from) {
      findings.push(error('trim.range-empty', at, '区间上限小于下限。', 'The range ends before it starts.'));
    }
    if (from < expected) {
      findings.push(
        error('trim.range-overlaps', at, '区间重叠或未按升序排列。', 'Ranges overlap or are not ascending.'),
      );
    }
    if (from > expected) {
      findings.push(
        warning(
          'trim.range-gap',
          at,
          `数量 ${expected}–${from - 1} 无规则，将用替代规则。`,
          `Numbers ${expected}–${from - 1} have no row; the fall-back will hold.`,
        ),
      );
    }
    if (dropLow + dropHigh >= from) {
      findings.push(
        error(
          'trim.leaves-none',
          at,
          `数量为 ${from} 时去极值后无剩余。`,
          `With ${from} values, trimming leaves none.`,
        ),
      );
    }
    expected = to === null ? Number.MAX_SAFE_INTEGER : Math.max(expected, to + 1);
  }
  if (table.at(-1)?.to !== null) {
    findings.push(
      warning(
        'trim.range-ends',
        path,
        '超过最后区间的数量将用替代规则。',
        'Beyond the last range the fall-back will hold.',
      ),
    );
  }
  return findings;
}
