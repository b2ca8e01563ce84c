import { type DomainError, isDomainError } from '#kernel';

/** Something about a ledger that does not hold, with the file in which it shows and, where there is one, the code. */
export class LedgerFault extends Error {
  constructor(
    readonly file: string,
    readonly reason: string,
    readonly code: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${file}: ${reason}`);
    this.name = 'LedgerFault';
  }
}

/** Runs a check whose refusal is a fault of this file, or of the one that `fileOf` reads out of the refusal. */
export async function asFault<T>(
  file: string,
  check: () => T | Promise<T>,
  fileOf: (refusal: DomainError) => string | undefined = () => undefined,
): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!isDomainError(error)) throw error;
    throw new LedgerFault(fileOf(error) ?? file, error.message, error.code, error.details);
  }
}
