import { DomainError } from '#kernel';
import type { EvaluationErrorCode } from '#contracts';
import { checkMethod } from './check-method.js';
import type { Method } from './method.js';

/** Throws `method.invalid` with the findings where {@link checkMethod} reports an error. */
export function requireSound(method: Method): void {
  const findings = checkMethod(method).filter(({ severity }) => severity === 'error');
  if (findings.length === 0) return;
  const codes = findings.map(({ code }) => code).join(', ');
  throw new DomainError<EvaluationErrorCode>('method.invalid', `The method has errors: ${codes}.`, {
    findings,
  });
}
