import type { EnvelopeId } from '#contracts';
import type { Share } from '#sealing';

/** What the trustee’s worker is asked. */
export interface OpeningOrder {
  readonly tenderId: string;
  readonly envelopeId: EnvelopeId;
  readonly key: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
  /** By the clock of the trustee’s own machine. */
  readonly now: string;
}

export type OpeningStep =
  | { readonly name: 'attending' | 'reading' | 'waiting' }
  | { readonly name: 'ledger'; readonly files: number }
  | { readonly name: 'deals' | 'giving'; readonly done: number; readonly of: number };

/** What was found to hold, and the shares that may be given for it. */
export interface VerifiedOpening {
  /** Entries of the verified ledger. */
  readonly entries: number;
  readonly leftSealed: number;
  readonly shares: readonly { readonly manifestSha256: string; readonly share: Share }[];
}

export type OpeningWord =
  | { readonly type: 'step'; readonly step: OpeningStep }
  | { readonly type: 'verified'; readonly opening: VerifiedOpening }
  | { readonly type: 'refused'; readonly code: string | null; readonly message: string };
