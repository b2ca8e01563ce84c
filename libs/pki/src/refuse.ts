import type { PkiErrorCode } from '#contracts';
import { DomainError } from '#kernel';

export function refuse(
  code: PkiErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): never {
  throw new DomainError<PkiErrorCode>(code, message, details);
}

/** Runs a foreign decoder or verifier, which may throw anything, and turns that into one refusal. */
export async function orRefuse<T>(
  code: PkiErrorCode,
  message: string,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch {
    return refuse(code, message);
  }
}
