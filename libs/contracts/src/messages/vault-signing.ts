import { z } from 'zod';
import { query } from '../contract.js';
import { instant, sha256Hex, uuid } from './envelope.js';

/** What the platform says of a file that supervision took out; the payload of a JWS of type `sunseal-export`. */
export const exportStatement = z.strictObject({
  v: z.literal(1),
  exportId: uuid,
  kind: z.enum(['entries', 'timeline', 'alarms']),
  fileName: z.string().max(100),
  sha256: sha256Hex,
  size: z.number().int().nonnegative(),
  rows: z.number().int().nonnegative(),
  madeAt: instant,
  /** Entries of the ledger when the file was asked for. */
  ledgerSize: z.number().int().nonnegative(),
});
export type ExportStatement = z.infer<typeof exportStatement>;

export const signExport = query('vault', 'sign-export', {
  summary: 'The platform’s signature over what it says of an exported file; its key stays with the vault',
  access: 'internal',
  reads: 'internal',
  request: z.strictObject({ statement: exportStatement }),
  response: z.object({ signature: z.string(), platformCertificatePem: z.string() }),
});
