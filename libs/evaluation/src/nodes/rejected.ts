import { Rational } from '#kernel';
import type { TraceNode } from '../evaluation-types.js';
import { traced } from '../trace-node.js';
import { verdict } from './admit.js';

/**
 * A bid that people rejected after the opening: benchmark, minimum and maximum stay as they were with it, so that nobody
 * else's score changes; it has no score and no rank. Source: 评标基准价在开标后不因任何因素改变, as 招标文件 of works have it.
 */
export function rejectedNode(id: string): TraceNode {
  return traced({
    rule: 'admit.rejected',
    subject: id,
    inputs: { benchmark: 'frozen' },
    exact: Rational.ZERO,
    sentence: () => verdict(id, ['rejected']),
  }).node;
}
