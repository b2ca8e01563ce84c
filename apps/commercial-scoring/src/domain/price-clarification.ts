import { addMs, DomainError, type Instant, instantToMs, isBefore } from '#kernel';
import type { PriceState } from '#contracts';

/** A text with the hash that the ledger has of it: SHA-256(salt ‖ text in UTF-8). */
export interface KeptText {
  readonly text: string;
  readonly salt: string;
  readonly sha256: string;
  readonly at: Instant;
}

/** What the method measured of a price, and the limit that it is beyond. Exact values. */
export interface RaisedPrice {
  readonly id: string;
  readonly measure: string;
  readonly limit: string;
}

/**
 * The clarification of an abnormally low price: flagged by the method, asked by the buyer, answered by the bidder, and
 * accepted or rejected by the buyer. Source: Directive 2014/24/EU art. 69; 87号令 art. 60.
 */
export interface PriceClarification {
  readonly alias: string;
  readonly state: PriceState;
  readonly flags: readonly RaisedPrice[];
  readonly question: KeptText | null;
  readonly answerUntil: Instant | null;
  readonly answer: KeptText | null;
  readonly reason: string | null;
  readonly decidedAt: Instant | null;
}

export const flagged = (alias: string, flags: readonly RaisedPrice[]): PriceClarification => ({
  alias,
  state: 'flagged',
  flags,
  question: null,
  answerUntil: null,
  answer: null,
  reason: null,
  decidedAt: null,
});

const isDecided = ({ state }: PriceClarification): boolean => state === 'accepted' || state === 'rejected';

/** The ranking waits while one of them is not decided. */
export const isPending = (prices: readonly PriceClarification[]): boolean =>
  prices.some((one) => !isDecided(one));

/** A bidder is asked once. Throws `price.already-asked`. */
export function ask(price: PriceClarification, question: KeptText, answerUntil: Instant): PriceClarification {
  if (price.state !== 'flagged')
    throw new DomainError('price.already-asked', `The bidder of ${price.alias} was asked already.`);
  return { ...price, state: 'asked', question, answerUntil };
}

/** An answer counts before the end of the time, by the database’s clock. Throws `price.not-asked`, `price.answer-late`. */
export function explain(price: PriceClarification, answer: KeptText): PriceClarification {
  const { state, alias, answerUntil } = price;
  if (state !== 'asked')
    throw new DomainError('price.not-asked', `No question about ${alias} waits for an answer.`);
  if (!isBefore(answer.at, answerUntil!))
    throw new DomainError('price.answer-late', `The time to answer ended at ${answerUntil}.`, {
      answerUntil,
    });
  return { ...price, state: 'answered', answer };
}

/**
 * A price may be accepted at any time; a bid is rejected only when its bidder was heard, or did not answer in time.
 * Throws `price.already-decided`, `price.not-heard`.
 */
export function decide(
  price: PriceClarification,
  decision: 'accepted' | 'rejected',
  reason: string,
  now: Instant,
): PriceClarification {
  const { alias, answerUntil } = price;
  if (isDecided(price))
    throw new DomainError('price.already-decided', `The price of ${alias} was decided on already.`);
  if (decision === 'rejected' && !isHeard(price, now))
    throw new DomainError('price.not-heard', `The bidder of ${alias} was not heard yet.`, { answerUntil });
  return { ...price, state: decision, reason, decidedAt: now };
}

const isHeard = ({ state, answerUntil }: PriceClarification, now: Instant): boolean =>
  state === 'answered' || (state === 'asked' && !isBefore(now, answerUntil!));

/** After a suspension there is as much time left to answer as there was before it. */
export function prolong(
  prices: readonly PriceClarification[],
  suspendedAt: Instant,
  resumedAt: Instant,
): PriceClarification[] {
  const ms = instantToMs(resumedAt) - instantToMs(suspendedAt);
  return prices.map((price) =>
    price.state === 'asked' && isBefore(suspendedAt, price.answerUntil!)
      ? { ...price, answerUntil: addMs(price.answerUntil!, ms) }
      : price,
  );
}
