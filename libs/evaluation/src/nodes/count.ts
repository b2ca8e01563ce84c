import { Rational } from '#kernel';
import type { FailReason, TraceNode } from '../evaluation-types.js';
import { traced } from '../trace-node.js';

/**
 * Whether enough bids are left after admission: none always fails, fewer than the declared number too,
 * or goes on flagged where the method says so.
 * Source: 招标投标法 art. 28 and 评标委员会和评标方法暂行规定 art. 27 for the usual three.
 */
export function countNode(
  admitted: number,
  minimum: number | undefined,
  outcome: 'failed' | 'flagged' = 'failed',
): { node: TraceNode; reason: FailReason | null } {
  const reason = admitted === 0 ? 'no-admissible-bid' : admitted < (minimum ?? 1) ? 'too-few-bids' : null;
  const needed = minimum ?? 1;
  const isFlagged = outcome === 'flagged' && reason === 'too-few-bids';
  const zh = isFlagged ? '：继续评审并提示' : reason ? '：评审失败' : '';
  const en = isFlagged ? ': the evaluation goes on, flagged' : reason ? ': the evaluation fails' : '';
  const { node } = traced({
    rule: 'admit.count',
    subject: 'all',
    inputs: { needed: String(needed) },
    exact: Rational.of(BigInt(admitted)),
    sentence: () => ({
      zh: `有效投标 ${admitted} 家，至少需要 ${needed} 家${zh}`,
      en: `${admitted} admitted, at least ${needed} needed${en}`,
    }),
  });
  return { node, reason };
}
