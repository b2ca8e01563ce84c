/**
 * The one way a rule says no. `code` is a word of the contract's error table (`noun.condition`), `message`
 * says in one sentence what is wrong and what to do, `details` holds the figures a caller needs to act.
 * A refusal changes nothing.
 */
export class DomainError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: Code, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
  }
}

/** True for a refusal, also for one that crossed a module or realm boundary and lost its class. */
export function isDomainError(error: unknown): error is DomainError {
  return (
    error instanceof Error && error.name === 'DomainError' && typeof (error as DomainError).code === 'string'
  );
}
