import type { Template } from './template.js';
import { worksTwoEnvelope } from './works-two-envelope.js';

/**
 * As works-two-envelope, and trustees who act together before the opening read nothing: bidders keep a key of their own
 * and release it at the opening. 招标投标法实施条例 (2019) art. 35 leaves a bid that is taken back after the deadline to
 * the tender's terms; here it is what a key means that is not released.
 */
export const worksTwoEnvelopeBidderKey: Template = {
  ...worksTwoEnvelope,
  templateId: 'works-two-envelope-bidder-key',
  title: {
    zh: '房屋建筑和市政工程施工公开招标（双信封，投标人自持密钥）',
    en: 'Works, open tender, two envelopes, bidders keep a key of their own',
  },
  procedure: { ...worksTwoEnvelope.procedure, id: 'open-two-envelope-bidder-key', bidderKey: true },
  clauses: [
    ...worksTwoEnvelope.clauses,
    {
      id: 'bidder-key',
      title: '投标人密钥 / The bidder’s own key',
      text: '投标文件除向开标见证人加密外，另以投标人自持密钥加密。各信封开启前，投标人须在二十四小时内解密（提交密钥）；逾期未提交的，视为撤销其投标文件。Below the trustees’ layer each envelope is sealed to a key that its bidder keeps. Before envelopes of a kind are opened, bidders have 24 hours to release their keys; a bidder who does not has withdrawn the bid.',
    },
  ],
};
