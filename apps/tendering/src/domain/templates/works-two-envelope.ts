import { comprehensiveTrimmedMean } from '#evaluation';
import { PROCEDURE_DEFAULTS } from './procedure-defaults.js';
import type { Template } from './template.js';

/**
 * Open tender for works, technical and commercial envelopes opened one after the other. Time limits follow
 * 招标投标法 (2017) art. 24, 28, its 实施条例 (2019) art. 22, 54 and 电子招标投标办法 (2013) art. 27, by which a bid that is
 * not wholly transmitted at the deadline was taken back; a centre sets its own in a copy.
 */
export const worksTwoEnvelope: Template = {
  templateId: 'works-two-envelope',
  title: { zh: '房屋建筑和市政工程施工公开招标（双信封）', en: 'Works, open tender, two envelopes' },
  category: 'works',
  procedure: {
    ...PROCEDURE_DEFAULTS,
    id: 'open-two-envelope',
    envelopes: ['technical', 'commercial'],
    noticeDaysMin: 20,
    questionsUntilDaysBefore: 10,
    bidsMin: 3,
    standstillDaysMin: 3,
    trusteesMin: 3,
    expertsMin: 5,
  },
  clauses: [
    {
      id: 'eligibility',
      title: '投标人资格要求 / Eligibility',
      text: '投标人须在本平台注册并经审核通过，持有有效数字证书。Bidders are registered and approved on this platform and hold a valid certificate.',
    },
    {
      id: 'sealing',
      title: '密封与递交 / Sealing and submission',
      text: '技术标与商务标分别在投标人本机加密后递交；截止时间以数据库时钟为准，逾期不予受理。Envelopes are sealed on the bidder’s own machine; the database clock decides the deadline.',
    },
    {
      id: 'opening',
      title: '开标 / Opening',
      text: '达到法定人数的开标见证人共同开启技术标；技术评分锁定后，方开启技术合格投标人的商务标。A quorum of trustees opens the technical envelopes; commercial ones follow once scores are locked, and only for bids that passed.',
    },
    {
      id: 'award',
      title: '定标与公示 / Award and standstill',
      text: '评审结果公示不少于三日，公示期满无异议的，确定排名第一的中标候选人为中标人。The ranking stands for at least three days before the first is awarded.',
    },
  ],
  method: comprehensiveTrimmedMean as unknown as Template['method'],
};
