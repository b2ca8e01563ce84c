import { Rational } from '#kernel';
import type { Finding } from '../evaluation-types.js';
import type { Method } from '../method.js';
import type { Anchor } from '../method-score.js';
import { anchorsOf } from './check-bench.js';
import { error, warning } from './finding.js';

/** Rank keys, award and late limits fit the rest of the method. */
export function checkOutcome(method: Method): Finding[] {
  return [...checkRankFits(method), ...checkAdmission(method), ...checkAward(method), ...checkFlags(method)];
}

/** Money per point and evaluated prices do not rank by `total`, which puts the highest first. */
function checkRankFits({ combine, rank, score, bench, panel }: Method): Finding[] {
  const findings: Finding[] = [];
  const [first] = rank.keys;
  if (combine.rule === 'price-per-quality' && first !== 'lowest-total') {
    findings.push(
      error(
        'rank.direction',
        'rank.keys.0',
        '每分价格应从低到高排序。',
        'Price per point ranks by lowest-total.',
      ),
    );
  }
  if (combine.rule === 'evaluated-price' && (first === 'total' || first === undefined)) {
    findings.push(
      warning(
        'rank.direction',
        'rank.keys.0',
        '总得分为评审价，最高者排第一。',
        'The total is a price; the highest ranks first.',
      ),
    );
  }
  if (rank.keys.includes('distance') && !bench && score.rule !== 'drawn') {
    findings.push(
      error('rank.distance-without-bench', 'rank.keys', '未设基准价。', 'There is no benchmark.'),
    );
  }
  const readsPrice =
    (combine.rule === 'sum' && combine.of.includes('price')) ||
    (combine.rule === 'weighted-sum' && !Rational.from(combine.weights.price).isZero());
  if (score.rule === 'none' && readsPrice) {
    findings.push(
      error('combine.price-missing', 'combine', '无价格分可合成。', 'There is no price score to combine.'),
    );
  }
  const columns = panel?.criteria ?? [];
  if (panel?.on === 'totals' && columns.some(({ min, weight }) => min ?? weight)) {
    findings.push(
      error(
        'panel.criterion-unused',
        'panel.criteria',
        '按总分汇总时单项下限和权重无效。',
        'Totals have no minimum or weight by criterion.',
      ),
    );
  }
  return findings;
}

function checkAdmission({ admit, correct, score }: Method): Finding[] {
  const findings: Finding[] = [];
  const { ceiling, reserve, band } = admit;
  if (correct && ceiling && ceiling.on === undefined) {
    findings.push(
      warning(
        'admit.ceiling-on',
        'admit.ceiling',
        '未声明限价适用于原报价还是修正价；按原报价。',
        'The ceiling holds against the offered price unless declared.',
      ),
    );
  }
  if (reserve && reserve.draws.length > reserve.prices.length) {
    findings.push(
      error(
        'admit.reserve-draws',
        'admit.reserve.draws',
        '抽取数多于备选价格数。',
        'More draws than prices.',
      ),
    );
  }
  if (band?.around.rule === 'reserve' && !reserve) {
    findings.push(
      error(
        'reserve.missing',
        'admit.band',
        '规则使用预定价格，但未设置。',
        'The rule uses a reserve price, but none is drawn.',
      ),
    );
  }
  if (band && band.belowPercent === undefined && band.abovePercent === undefined) {
    findings.push(error('admit.band-open', 'admit.band', '未声明任何界限。', 'The band has no limit.'));
  }
  const anchors =
    score.rule === 'drawn' ? score.options.flatMap((one) => anchorsOf(one.score)) : anchorsOf(score);
  const usesCeiling = anchors.some(({ at }) => at === 'ceiling');
  if (anchors.some((anchor) => anchor.at === 'declared' && isZeroBase(score, anchor))) {
    findings.push(error('score.base-zero', 'score.base', '基数为零。', 'The base is 0.'));
  }
  if (!ceiling && (usesCeiling || band?.around.rule === 'ceiling')) {
    findings.push(
      error(
        'ceiling.missing',
        usesCeiling ? 'score' : 'admit.band',
        '规则使用最高限价，但未设置。',
        'The rule uses a ceiling price, but none is set.',
      ),
    );
  }
  return findings;
}

const isZeroBase = (score: Method['score'], anchor: Anchor): boolean =>
  score.rule === 'share' &&
  score.base === anchor &&
  anchor.at === 'declared' &&
  Rational.from(anchor.value).isZero();

function checkAward({ award, admit, correct }: Method): Finding[] {
  const findings: Finding[] = [];
  if (award?.guarantees?.some(({ of }) => of === 'ceiling') && !admit.ceiling) {
    findings.push(
      error(
        'ceiling.missing',
        'award.guarantees',
        '规则使用最高限价，但未设置。',
        'The rule uses a ceiling price, but none is set.',
      ),
    );
  }
  if (award?.price.rule === 'second-plus-step' && award.price.increments.at(-1)?.below !== null) {
    findings.push(
      error(
        'award.increments-end',
        'award.price.increments',
        '加价表末行应无上限。',
        'The last increment must be open.',
      ),
    );
  }
  if (award?.price.rule === 'corrected' && !correct) {
    findings.push(
      warning('award.nothing-corrected', 'award.price', '方法不含算术修正。', 'The method corrects nothing.'),
    );
  }
  return findings;
}

/** Measures of single bids: these alone can say who has to explain a price. */
const OF_ONE_BID: ReadonlySet<string> = new Set([
  'value',
  'below-mean-of-others',
  'below-next',
  'gap-to-next',
  'below-declared',
  'gated-sum',
]);

function checkFlags({ flags, panel }: Method): Finding[] {
  const findings: Finding[] = [];
  for (const [index, { id, measure, bids, asks }] of (flags ?? []).entries()) {
    const path = `flags.${index}`;
    if (flags?.findIndex((flag) => flag.id === id) !== index) {
      findings.push(error('flags.twice', path, '提示项编号重复。', 'Two flags have the same id.'));
    }
    if (bids && bids.to !== null && bids.to < bids.from) {
      findings.push(error('flags.range-empty', path, '数量区间为空。', 'The range of bids is empty.'));
    }
    if (asks && !OF_ONE_BID.has(measure.rule)) {
      findings.push(
        error(
          'flags.asks-nobody',
          path,
          '该提示不针对单个投标。',
          'The flag names no single bid to be asked.',
        ),
      );
    }
    if (measure.rule.startsWith('expert-') && !panel) {
      findings.push(error('flags.panel-missing', path, '方法不含专家评分。', 'The method has no panel.'));
    }
  }
  return findings;
}
