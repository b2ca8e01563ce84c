import { DomainError } from '#kernel';
import type { EvaluationErrorCode } from '#contracts';
import type { BidFlag, Bilingual, EvaluationResult, FailReason, TraceNode } from './evaluation-types.js';

export type Language = 'zh-CN' | 'en';

const FAILED: Readonly<Record<FailReason, Bilingual>> = {
  'no-admissible-bid': { zh: '评审失败：无有效投标。', en: 'The evaluation failed: no bid was admitted.' },
  'too-few-bids': {
    zh: '评审失败：有效投标数量不足。',
    en: 'The evaluation failed: too few bids were admitted.',
  },
  'benchmark-undefined': {
    zh: '评审失败：按规则无法得出基准价。',
    en: 'The evaluation failed: the rule gives no benchmark.',
  },
  'benchmark-not-positive': {
    zh: '评审失败：基准价不大于零。',
    en: 'The evaluation failed: the benchmark is not above zero.',
  },
};

const FLAGGED: Readonly<Record<BidFlag, Bilingual>> = {
  'tie-unresolved': {
    zh: '并列未能按规则区分，由有权人员决定。',
    en: 'The rules do not resolve the tie; people decide.',
  },
  capped: { zh: '报价得分取上限。', en: 'The price score was cut to its cap.' },
  floored: { zh: '报价得分取下限。', en: 'The price score was raised to its floor.' },
};

/**
 * What a bidder is told of the evaluation of its own bid, one sentence a step, in the order in which the steps were
 * taken: whatever concerned all (number of bids, benchmark, draws) and what concerned this bid. Nothing of other bids
 * beyond the prices in the benchmark, no expert, no advisory flag. The sentences are those of the trace, so what the
 * bidder reads is what the hash covers. Throws `evaluation.bid-unknown` where nothing is known of the alias.
 */
export function explain(result: EvaluationResult, alias: string, language: Language): string[] {
  const own = result.bids.find(({ id }) => id === alias);
  if (!own && !result.trace.some(({ subject }) => subject === alias)) {
    throw new DomainError<EvaluationErrorCode>('evaluation.bid-unknown', `There is no bid ${alias}.`, {
      alias,
    });
  }
  const tell = ({ zh, en }: Bilingual): string => (language === 'en' ? en : zh);
  const steps = result.trace.filter((node) => concerns(node, alias)).map(({ sentence }) => tell(sentence));
  const ends = [
    ...(result.reason ? [FAILED[result.reason]] : []),
    ...(own?.flags ?? []).map((flag) => FLAGGED[flag]),
  ];
  return [...steps, ...ends.map(tell)];
}

const isTold = ({ rule }: TraceNode): boolean => !rule.startsWith('flag.');
const concerns = (node: TraceNode, alias: string): boolean =>
  (node.subject === alias || node.subject === 'all') && isTold(node);

export interface WholeExplanation {
  /** What concerned all bids together. */
  readonly all: readonly Bilingual[];
  /** What concerned each bid alone, by its id, for every bid of the result. */
  readonly bids: Readonly<Record<string, readonly Bilingual[]>>;
}

/** {@link explain} for every bid at once, each sentence in both languages and said once. */
export function explainAll({ trace, bids, reason }: EvaluationResult): WholeExplanation {
  const of = (subject: string): Bilingual[] =>
    trace.filter((node) => node.subject === subject && isTold(node)).map(({ sentence }) => sentence);
  return {
    all: [...of('all'), ...(reason ? [FAILED[reason]] : [])],
    bids: Object.fromEntries(
      bids.map(({ id, flags }) => [id, [...of(id), ...flags.map((flag) => FLAGGED[flag])]]),
    ),
  };
}
