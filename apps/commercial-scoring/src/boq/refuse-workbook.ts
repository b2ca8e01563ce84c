import type { WorkbookErrorCode } from '#contracts';
import { DomainError } from '#kernel';

export function refuseWorkbook(
  code: WorkbookErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): never {
  throw new DomainError<WorkbookErrorCode>(code, message, details);
}
