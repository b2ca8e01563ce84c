import { z } from 'zod';

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
});
export type VaultSettings = z.infer<typeof vaultSettings>;
