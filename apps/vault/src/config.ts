import { z } from 'zod';

/** Object id in its dotted form. */
const OBJECT_ID = /^[0-2](?:\.(?:0|[1-9]\d*)){1,30}$/;

export const vaultSettings = z.strictObject({
  authorityCertificateFile: z.string().describe('PEM of the certificate authority that signatures lead to'),
  platformCertificateFile: z.string().describe('PEM of the certificate that receipts are signed with'),
  platformKeyFile: z.string().describe('PKCS#8 PEM of its key'),
  scrubHours: z.coerce
    .number()
    .positive()
    .max(24 * 30)
    .default(24)
    .describe('hours between two readings of all stored envelopes'),
  timestampUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('time-stamp authority (RFC 3161) that stamps promises; none: no stamps'),
  timestampAuthorityFile: z
    .string()
    .optional()
    .describe('PEM of the certificate that its stamps lead to; needed where there is one'),
  timestampPolicy: z
    .string()
    .regex(OBJECT_ID)
    .optional()
    .describe('object id of the policy that it is asked for; any by default'),
});
export type VaultSettings = z.infer<typeof vaultSettings>;
