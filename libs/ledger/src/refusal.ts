import type { LedgerErrorCode } from '#contracts';
import { DomainError } from '#kernel';

/** A refusal of this library: {@link DomainError} narrowed to the codes of the ledger's table. */
export function refusal(
  code: LedgerErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): DomainError<LedgerErrorCode> {
  return new DomainError(code, message, details);
}
