import type { Rational } from '#kernel';
import type { Stated } from './stated.js';

/** An admitted bid on its way through the stages. */
export interface Entrant {
  readonly id: string;
  /** As offered. */
  readonly offered: Rational;
  /** The offered price after arithmetic correction; the same where the method corrects nothing. */
  readonly corrected: Rational;
  /** The price that counts from here on: what `adjust` has made of the corrected price so far. */
  readonly price: Rational;
  readonly technical: Rational | null;
  readonly receivedAt: string | null;
  readonly stated: Stated;
  /** Scored with the others, and not ranked: people rejected it after the benchmark was frozen. */
  readonly isRejected: boolean;
}
