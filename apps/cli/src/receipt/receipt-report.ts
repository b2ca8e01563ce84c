import type { ReceiptSummary } from '#pki';

/** Whose key a part of the check rests on: one that the reader brought, or the one in the receipt itself. */
export type Anchor = 'given' | 'own';

/** What a receipt proves, after every check has passed. */
export interface ReceiptReport extends ReceiptSummary {
  readonly deadlineAt: string;
  /** As the authority certified the bidder. */
  readonly bidder: { readonly name: string; readonly creditCode: string | null };
  /** As the authority certified the platform. */
  readonly platform: string;
  readonly ledger: { readonly origin: string; readonly index: number; readonly size: number };
  readonly timestamp: { readonly at: string; readonly policy: string; readonly serial: string } | null;
  readonly anchors: {
    readonly authority: Anchor;
    readonly ledgerKey: Anchor;
    readonly timestampAuthority: Anchor | null;
  };
  /** One line for each thing that was checked and holds. */
  readonly checks: readonly string[];
}
