import { isDomainError } from '#kernel';
import { type Finding, type Method, type MethodReview, reviewMethod } from '#evaluation';
import { requireFeasible } from './require-feasible.js';

/**
 * What a draft's method is judged by, when it is saved, published or only checked: its form and sense, and whether this
 * platform collects what it needs (`method.infeasible`).
 */
export function reviewDraftMethod(json: unknown): MethodReview {
  const { method, findings } = reviewMethod(json);
  if (method === null) return { method, findings };
  return { method, findings: [...infeasible(method), ...findings] };
}

function infeasible(method: Method): Finding[] {
  try {
    requireFeasible(method);
    return [];
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const zh = '评标办法：需要本平台尚不收集的内容（报价之外的填报、清单修正或公开抽取），不能用于招标';
    const message = { zh, en: `Method: ${error.message}` };
    return [{ severity: 'error', code: 'method.infeasible', path: '', message }];
  }
}
