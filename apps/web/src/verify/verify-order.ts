import type { BundleStep, EntryStep } from '#verify';

/** What the visitor knows from elsewhere; what is not given is believed from the platform, and the page says so. */
export interface Anchors {
  readonly ledgerKey?: string;
  readonly authorityPem?: string;
}

/** What the verifying worker is asked. */
export type VerifyOrder = { readonly anchors: Anchors } & (
  | { readonly kind: 'tender'; readonly tenderId: string }
  | { readonly kind: 'receipt'; readonly file: Uint8Array<ArrayBuffer> }
  /** A leaf hash in hex, or a number counted from 0. */
  | { readonly kind: 'entry'; readonly which: string }
);

/** Written out: the page names steps before anything that checks them is loaded. */
const OF_BUNDLE = [
  'ledger',
  'publications',
  'receipts',
  'acts',
  'close',
  'openings',
  'signatures',
  'evaluation',
] as const satisfies readonly BundleStep[];
const OF_ENTRY = ['checkpoint', 'inclusion', 'reveal'] as const satisfies readonly EntryStep[];

/** The steps of each kind, in their order. */
export const VERIFY_STEPS = {
  tender: ['gather', ...OF_BUNDLE],
  receipt: ['receipt', 'timestamp', 'authority', 'continues'],
  entry: OF_ENTRY,
} as const;

export type Facts = Readonly<Record<string, string | number>>;

/** What it says on its way; the last one is `ended`, `fault` or `unread`. */
export type VerifyWord =
  | { readonly type: 'step'; readonly step: string }
  | { readonly type: 'gathered'; readonly files: number }
  | { readonly type: 'holds'; readonly step: string; readonly outcome: string; readonly facts: Facts }
  /** Not checked, and why. */
  | { readonly type: 'unchecked'; readonly step: string; readonly outcome: string; readonly facts: Facts }
  | { readonly type: 'ended' }
  /** Does not hold: the file in which it shows, why, and the code of the refusal where there is one. */
  | { readonly type: 'fault'; readonly file: string; readonly reason: string; readonly code: string | null }
  /** Could not be read, so nothing is known. */
  | { readonly type: 'unread'; readonly message: string; readonly code: string };
