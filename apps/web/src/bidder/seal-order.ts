import type { Manifest } from '#sealing';

/** What the sealing worker is asked. */
export interface SealOrder {
  readonly descriptor: Readonly<Record<string, unknown>>;
  readonly bidderCertSha256: string;
  readonly seq: number;
  readonly previousManifestSha256: string | null;
  readonly envelopeId: string;
  readonly clientTime: string;
  readonly files: readonly File[];
  /** Where the sealed envelope goes in the browser's file system. */
  readonly name: string;
}

/** What it says: how far it is, from 0 to 1, and once how it ended. */
export type SealWord =
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'sealed'; readonly manifest: Manifest; readonly rescueIdentity: string }
  | { readonly type: 'refused'; readonly code: string; readonly message: string };
