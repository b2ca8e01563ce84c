import { isDomainError } from '#kernel';

/** Something in a receipt that does not hold, with the file inside it in which it shows; null for the ZIP itself. */
export class ReceiptFault extends Error {
  constructor(
    readonly member: string | null,
    readonly reason: string,
    /** Code of the refusal behind it, where there is one. */
    readonly code: string | null = null,
  ) {
    super(`${member ?? 'the file'}: ${reason}`);
    this.name = 'ReceiptFault';
  }
}

/** Runs a check whose refusal is a fault of this member, or of the one that the refusal names. */
export async function inMember<T>(member: string | null, check: () => T | Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const named = error.details['member'];
    throw new ReceiptFault(typeof named === 'string' ? named : member, error.message, error.code);
  }
}

export function requireHolds(holds: boolean, member: string, otherwise: string): asserts holds {
  if (!holds) throw new ReceiptFault(member, otherwise);
}
