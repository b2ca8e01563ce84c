import type { TenderDescriptor, TrusteeKey } from '#sealing';

/** Bids that a client process seals. */
export interface SealWork {
  readonly type: 'seal';
  readonly count: number;
  readonly descriptor: TenderDescriptor;
  readonly authorityCertificateFile: string;
  readonly authorityKeyFile: string;
  /** Where the age files go. */
  readonly folder: string;
}

/** One trustee's opening of the technical envelopes. */
export interface OpenWork {
  readonly type: 'open';
  readonly tenderId: string;
  readonly key: TrusteeKey;
}
export type ClientWork = SealWork | OpenWork;

export interface SealedBody {
  readonly file: string;
  readonly sha256: string;
  readonly size: number;
}

/** What a client process says. */
export type ClientNews =
  | {
      readonly type: 'sealed';
      readonly certificateSha256: string;
      readonly manifests: readonly string[];
      readonly bodies: readonly SealedBody[];
    }
  | { readonly type: 'ask'; readonly id: number; readonly subject: string; readonly body: unknown }
  | { readonly type: 'read'; readonly id: number; readonly path: string }
  | { readonly type: 'done'; readonly wallMs: number; readonly waitedMs: number; readonly cpuMs: number };

/** What it is answered. */
export type ClientAnswer =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: string };
