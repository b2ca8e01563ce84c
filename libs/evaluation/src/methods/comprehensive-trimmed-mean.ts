import type { MethodDocument } from '../method.js';

/**
 * 综合评估法 for works: the benchmark is the mean of the admitted prices (up to 3: all; 4–6: without the highest;
 * from 7: without the highest and the lowest). A price at the benchmark scores 80; each 1 % above takes 1 point
 * down to 60; each 1 % below adds 1 point to 100 at −20 %, then takes 1 point to 80 at −40 %, where it stays.
 * Technical score: five experts, highest and lowest total dropped; under 60 of 100 is void. Fewer than three
 * bids fail (招标投标法 art. 28, 评标委员会和评标方法暂行规定 art. 27).
 */
export const comprehensiveTrimmedMean: MethodDocument = {
  v: 1,
  id: 'comprehensive-trimmed-mean',
  title: { zh: '综合评估法（去极值平均基准价）', en: 'Comprehensive evaluation, trimmed-mean benchmark' },
  source: '评标委员会和评标方法暂行规定（七部委令第12号）综合评估法',
  admit: { fewerThan: { bids: 3, outcome: 'failed' } },
  bench: {
    of: {
      rule: 'trimmed-mean',
      table: [
        { from: 1, to: 3, dropLow: 0, dropHigh: 0 },
        { from: 4, to: 6, dropLow: 0, dropHigh: 1 },
        { from: 7, to: null, dropLow: 1, dropHigh: 1 },
      ],
      otherwise: 'mean',
    },
    rounding: { digits: 2, mode: 'half-up' },
  },
  score: {
    rule: 'deviation',
    full: '100',
    floor: '60',
    base: '80',
    steps: { rule: 'interpolated' },
    above: [{ to: null, perPercent: '-1' }],
    below: [
      { to: '20', perPercent: '1' },
      { to: '40', perPercent: '-1' },
      { to: null, set: '80' },
    ],
    rounding: { digits: 2, mode: 'half-up' },
  },
  panel: {
    criteria: [
      { id: 'organisation', title: { zh: '施工组织设计', en: 'Construction plan' }, max: '40' },
      { id: 'quality', title: { zh: '质量与安全措施', en: 'Quality and safety' }, max: '20' },
      { id: 'schedule', title: { zh: '进度计划与资源', en: 'Schedule and resources' }, max: '20' },
      { id: 'team', title: { zh: '项目管理机构', en: 'Project team' }, max: '20' },
    ],
    on: 'totals',
    aggregate: {
      rule: 'trimmed-mean',
      table: [
        { from: 1, to: 4, dropLow: 0, dropHigh: 0 },
        { from: 5, to: null, dropLow: 1, dropHigh: 1 },
      ],
      otherwise: 'mean',
    },
    rounding: { digits: 2, mode: 'half-up' },
    threshold: '60',
  },
  combine: {
    rule: 'weighted-sum',
    weights: { price: '40', technical: '60' },
    rounding: { digits: 2, mode: 'half-up' },
  },
  rank: { keys: ['total', 'price', 'technical', 'receivedAt', 'draw'], ties: 'exact' },
};
