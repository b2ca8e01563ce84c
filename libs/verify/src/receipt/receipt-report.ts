import type { ReceiptSummary } from '#pki';

/** Whose key a part of the check rests on: one that the reader brought, or the one in the receipt itself. */
export type Anchor = 'given' | 'own';

export interface ReceiptTimestamp {
  /** By the clock of the other authority. */
  readonly at: string;
  readonly policy: string;
  readonly serial: string;
  /** Since the time that the platform names; below zero where the platform's clock was ahead. */
  readonly afterReceivedMs: number;
  /** Whether it lies as close to that time as the reader asks; see `TIMESTAMP_TOLERANCE_SECONDS`. */
  readonly isNear: boolean;
  readonly toleranceSeconds: number;
  /** Only then it shows by itself, without the platform's clock, that the bid was in time. */
  readonly isBeforeDeadline: boolean;
}

/** What a receipt proves, after every check has passed. */
export interface ReceiptReport extends ReceiptSummary {
  readonly deadlineAt: string;
  /** As the authority certified the bidder. */
  readonly bidder: { readonly name: string; readonly creditCode: string | null };
  /** As the authority certified the platform. */
  readonly platform: string;
  /** Where the platform took it from the log of the tender's mailbox: when that had it, by its own clock. */
  readonly mailbox: { readonly receivedAt: string } | null;
  readonly ledger: { readonly origin: string; readonly index: number; readonly size: number };
  readonly timestamp: ReceiptTimestamp | null;
  /** Whether the procedure holds a receipt complete only with a time stamp. */
  readonly timestampRequired: boolean;
  readonly isComplete: boolean;
  readonly anchors: {
    readonly authority: Anchor;
    readonly ledgerKey: Anchor;
    readonly timestampAuthority: Anchor | null;
  };
  /** One line for each thing that was checked and holds. */
  readonly checks: readonly string[];
}
