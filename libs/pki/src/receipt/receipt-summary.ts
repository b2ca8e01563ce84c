import { z } from 'zod';
import { instant, sha256Hex, uuid } from '#contracts';
import { isInstant } from '#kernel';
import { malformed, MEMBERS } from './receipt-members.js';

/** What opens the commitment in the ledger, as the ledger itself shows it later. */
export interface ReceiptReveal {
  readonly sealed: string;
  readonly salt: string;
  readonly event: Readonly<Record<string, unknown>>;
}

/** `receipt.json`: what the other members prove, in one place to read. It proves nothing itself. */
export interface ReceiptSummary {
  readonly v: 1;
  readonly tenderId: string;
  readonly tid: string;
  readonly kind: 'seal' | 'withdraw';
  readonly seq: number;
  readonly receivedAt: string;
  readonly organisationId: string;
  readonly envelopes: readonly {
    /** Null for a withdrawal, which concerns all envelopes. */
    readonly envelopeId: string | null;
    readonly manifestSha256: string;
    /** The sealed body, an age file; null for a withdrawal. */
    readonly body: { readonly sha256: string; readonly size: number } | null;
  }[];
}

const ENVELOPES_MAX = 16;

const bidEvent = z.object({
  v: z.literal(1),
  type: z.enum(['bid-submitted', 'bid-withdrawn']),
  at: instant.refine(isInstant),
  tender: uuid,
  data: z.object({
    tid: sha256Hex,
    organisationId: uuid,
    seq: z.int().positive(),
    receivedAt: instant.refine(isInstant),
    manifests: z
      .array(
        z.object({
          envelopeId: z
            .string()
            .regex(/^[a-z][a-z0-9-]{0,63}$/)
            .nullable(),
          sha256: sha256Hex,
          age: z.object({ sha256: sha256Hex, size: z.int().positive() }).nullable(),
        }),
      )
      .min(1)
      .max(ENVELOPES_MAX),
  }),
});

/** Reads the event that the vault commits to when it takes a bid. Throws `receipt.malformed` on any other. */
export function summaryOf({ event }: ReceiptReveal): ReceiptSummary {
  const read = bidEvent.safeParse(event);
  if (!read.success) {
    const at = read.error.issues[0]?.path.join('.') ?? '';
    return malformed(MEMBERS.reveal, `The event is not that of a bid received or withdrawn, see ${at}.`);
  }
  const { type, tender, data } = read.data;
  const { tid, organisationId, seq, receivedAt, manifests } = data;
  const kind = type === 'bid-submitted' ? 'seal' : 'withdraw';
  const names = manifests.map(({ envelopeId }) => envelopeId);
  const isWhole = kind === 'seal' ? names.every((name) => name !== null) : names.join() === '';
  if (!isWhole || new Set(names).size !== names.length) {
    malformed(MEMBERS.reveal, 'The event does not name each envelope once.');
  }
  const envelopes = manifests.map(({ envelopeId, sha256, age }) => ({
    envelopeId,
    manifestSha256: sha256,
    body: age && { sha256: age.sha256, size: age.size },
  }));
  return { v: 1, tenderId: tender, tid, kind, seq, receivedAt, organisationId, envelopes };
}

export const summaryText = (summary: ReceiptSummary): string => `${JSON.stringify(summary, null, 2)}\n`;

/** Name under which a receipt is handed out: `receipt-<tender>-<seq>.zip`. */
export const receiptFileName = ({ tenderId, seq }: Pick<ReceiptSummary, 'tenderId' | 'seq'>): string =>
  `receipt-${tenderId}-${seq}.zip`;
