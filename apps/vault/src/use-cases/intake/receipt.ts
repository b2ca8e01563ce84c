import type { ResponseOf, submitBid } from '#contracts';
import type { BidAct } from '../../domain/bid-act.js';

export type Receipt = ResponseOf<typeof submitBid>;

/** What the bidder holds of an act: the platform's promise, and what opens its entry in the ledger. */
export function receiptOf({ actId, seq, kind, receivedAt, manifests, promise, reveal }: BidAct): Receipt {
  const manifestSha256 = manifests.map(({ sha256 }) => sha256);
  return { bidId: actId, seq, kind, receivedAt, manifestSha256, promise, reveal };
}
