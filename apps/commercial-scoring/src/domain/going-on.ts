import { DomainError } from '#kernel';
import type { CommercialEvaluation } from './commercial-evaluation.js';

/** People change nothing while a tender rests, once its standstill has begun, or after its end. Throws `tender.suspended`, `tender.wrong-stage`. */
export function requireGoingOn({ suspendedAt, closed }: CommercialEvaluation): void {
  if (closed === 'ended') throw new DomainError('tender.wrong-stage', 'This tender has ended.');
  if (closed === 'fixed')
    throw new DomainError('tender.wrong-stage', 'The standstill has begun: the evaluation is fixed.');
  if (suspendedAt) throw new DomainError('tender.suspended', 'This tender is suspended; nothing was kept.');
}
