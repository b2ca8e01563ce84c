import { Rational, sum } from '#kernel';
import type { Finding } from '../evaluation-types.js';
import type { Method } from '../method.js';
import { keyName } from '../nodes/rank.js';
import { checkTrimTable } from './check-trim-table.js';
import { error, warning } from './finding.js';

const HUNDRED = Rational.of(100n);

/** Weights sum to 100 over scores of 100; the panel's table, criteria and threshold fit; the rank list is usable. */
export function checkCombine(method: Method): Finding[] {
  return [...checkWeights(method), ...checkPanel(method), ...checkRank(method)];
}

function checkWeights({ combine, score, panel }: Method): Finding[] {
  if (combine.rule === 'sum') {
    return new Set(combine.of).size === combine.of.length
      ? []
      : [error('combine.part-twice', 'combine.of', '同一得分被重复相加。', 'A score is added twice.')];
  }
  if (combine.rule !== 'weighted-sum') return [];
  const findings: Finding[] = [];
  const { price, technical } = combine.weights;
  const others = (combine.extra ?? []).map(({ weight }) => Rational.from(weight));
  if (!sum([Rational.from(price), Rational.from(technical), ...others]).equals(HUNDRED)) {
    findings.push(
      error(
        'combine.weights-not-100',
        'combine.weights',
        '权重之和不等于 100。',
        'The weights do not sum to 100.',
      ),
    );
  }
  if ('full' in score && !Rational.from(score.full).equals(HUNDRED)) {
    findings.push(
      warning(
        'combine.full-not-100',
        'score.full',
        '加权前价格满分不是 100。',
        'A weighted price score is not out of 100.',
      ),
    );
  }
  const best = panel && (panel.rescale ? Rational.from(panel.rescale.to) : panelMax(panel));
  if (best && !best.equals(HUNDRED)) {
    findings.push(
      warning(
        'combine.full-not-100',
        'panel.criteria',
        '加权前技术满分不是 100。',
        'A weighted technical score is not out of 100.',
      ),
    );
  }
  return findings;
}

const panelMax = ({ criteria }: NonNullable<Method['panel']>): Rational =>
  sum(criteria.map(({ max, weight }) => Rational.from(max).mul(Rational.from(weight ?? '1'))));

function checkPanel({ panel }: Method): Finding[] {
  if (!panel) return [];
  const findings: Finding[] = [];
  if (new Set(panel.criteria.map(({ id }) => id)).size !== panel.criteria.length) {
    findings.push(
      error('panel.criterion-twice', 'panel.criteria', '评分项编号重复。', 'Two criteria have the same id.'),
    );
  }
  if (panel.threshold !== undefined && panelMax(panel).lessThan(Rational.from(panel.threshold))) {
    findings.push(
      error(
        'panel.threshold-unreachable',
        'panel.threshold',
        '合格线高于满分。',
        'The threshold is above the maximum.',
      ),
    );
  }
  if (panel.on === 'totals' && panel.criterionRounding) {
    findings.push(
      error(
        'panel.rounding-unused',
        'panel.criterionRounding',
        '按总分汇总时不存在单项取整。',
        'Totals have no rounding by criterion.',
      ),
    );
  }
  if (panel.aggregate.rule === 'trimmed-mean') {
    findings.push(...checkTrimTable(panel.aggregate.table, 'panel.aggregate.table'));
  }
  return findings;
}

function checkRank({ combine, score, rank: { keys, ties, rounding } }: Method): Finding[] {
  const findings: Finding[] = [];
  if (new Set(keys.map(keyName)).size !== keys.length) {
    findings.push(error('rank.key-twice', 'rank.keys', '排序依据重复。', 'A rank key occurs twice.'));
  }
  const isPriced = score.rule === 'none' || combine.rule === 'evaluated-price';
  if (keys[0] !== 'total' && keys[0] !== 'lowest-total' && !isPriced) {
    findings.push(
      warning(
        'rank.total-not-first',
        'rank.keys',
        '排序首先依据的不是总得分。',
        'The total is not the first key.',
      ),
    );
  }
  if ((ties === 'rounded') !== (rounding !== undefined)) {
    findings.push(
      error(
        'rank.rounding-mismatch',
        'rank.rounding',
        '仅按取整值判定并列时须声明取整。',
        'Ties on rounded values need a rounding, exact ones none.',
      ),
    );
  }
  return findings;
}
