import type { Instant } from '#kernel';
import type { OpeningFault } from '#contracts';
import type { OpenedItem } from './verdict.js';

/** What is asked of an opening; `now` is the database's clock in the deciding transaction. */
export type OpeningCommand = { readonly now: Instant } & (
  | { readonly type: 'release-key'; readonly alias: string }
  | { readonly type: 'attend'; readonly trusteeIndex: number }
  | {
      readonly type: 'take-shares';
      readonly trusteeIndex: number;
      /** Verified shares of this trustee for different envelopes, those of this batch included. */
      readonly given: number;
      /** Of all of them, once they are complete. */
      readonly sharesSha256: string;
    }
  | {
      readonly type: 'refuse-share';
      readonly trusteeIndex: number;
      readonly manifestSha256: string;
      readonly code: string;
    }
  | { readonly type: 'reveal-rescue'; readonly alias: string }
  /** The clock: what is due happens. */
  | { readonly type: 'pass-time' }
  /** Every stored envelope was read and compared; these differ or are missing. */
  | { readonly type: 'report-stored'; readonly differing: readonly string[] }
  | { readonly type: 'report-progress'; readonly opened: number }
  /** One envelope cannot be opened, and it is not its bidder's fault. */
  | { readonly type: 'halt'; readonly fault: OpeningFault; readonly manifestSha256: string }
  | { readonly type: 'finish'; readonly items: readonly OpenedItem[] }
  | { readonly type: 'resume' }
  /** The tender was suspended from one instant to the other, and goes on: the opening has the time that it had left. */
  | { readonly type: 'go-on'; readonly since: Instant; readonly resumedAt: Instant }
);
export type CommandOf<T extends OpeningCommand['type']> = Extract<OpeningCommand, { type: T }>;
