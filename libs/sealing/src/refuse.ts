import { DomainError } from '#kernel';
import type { SealingErrorCode } from '#contracts';

export const refusal = (
  code: SealingErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): DomainError<SealingErrorCode> => new DomainError<SealingErrorCode>(code, message, details);
