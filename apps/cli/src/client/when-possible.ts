import { DomainError } from '#kernel';
import { waitUntil } from './wait-until.js';

/**
 * Does something as soon as the platform lets it: what one service has decided reaches the others a moment later, and
 * until then they answer with the refusal `notYet`.
 */
export function whenPossible<T>(what: string, notYet: string, act: () => Promise<T>): Promise<T> {
  return waitUntil(what, 60_000, async () => {
    try {
      return { done: await act() };
    } catch (error) {
      if (error instanceof DomainError && error.code === notYet) return undefined;
      throw error;
    }
  }).then(({ done }) => done);
}
