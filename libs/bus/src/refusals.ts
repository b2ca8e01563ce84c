import { DomainError } from '#kernel';
import type { BusErrorCode } from '#contracts';

/** Words of a refusal that both adapters use alike. */
export const timedOut = (subject: string, timeoutMs: number): DomainError<BusErrorCode> =>
  new DomainError('bus.timeout', `No answer to ${subject} within ${timeoutMs} ms; it may still be done.`, {
    subject,
    timeoutMs,
  });

export const noResponder = (subject: string): DomainError<BusErrorCode> =>
  new DomainError('bus.no-responder', `Nobody answers ${subject} at the moment; try again later.`, {
    subject,
  });

export const busClosed = (what: string): DomainError<BusErrorCode> =>
  new DomainError('bus.closed', `The bus is closing, ${what} was not taken; try again later.`);

export const busUnavailable = (what: string, reason: string): DomainError<BusErrorCode> =>
  new DomainError('bus.unavailable', `The broker did not take ${what}: ${reason}`);

export const answerTooLarge = (subject: string): DomainError<BusErrorCode> =>
  new DomainError('message.too-large', `The answer to ${subject} is too large for one message.`, { subject });

/** What a caller sees of a handler that threw. The handler's own message stays where it happened. */
export const handlerFailed = (subject: string): DomainError<'internal.error'> =>
  new DomainError('internal.error', 'Something went wrong on our side.', { subject });
