import { DomainError } from '#kernel';
import type { CommercialEvaluation } from './commercial-evaluation.js';

/**
 * People change nothing while a tender rests, once its standstill has begun, or after its end. Throws `tender.suspended`,
 * `evaluation.fixed`, `tender.wrong-stage`.
 */
export function requireGoingOn({ suspendedAt, closed }: CommercialEvaluation): void {
  if (closed === 'standstill')
    throw new DomainError('evaluation.fixed', 'The standstill has begun: the evaluation is fixed.');
  if (closed) throw new DomainError('tender.wrong-stage', `This tender is ${closed}.`, { stage: closed });
  if (suspendedAt) throw new DomainError('tender.suspended', 'This tender is suspended; nothing was kept.');
}
