import { z } from 'zod';

export const vaultSettings = z.strictObject({
  authorityCertificateFile: z.string().describe('PEM of the certificate authority that signatures lead to'),
  platformCertificateFile: z.string().describe('PEM of the certificate that receipts are signed with'),
  platformKeyFile: z.string().describe('PKCS#8 PEM of its key'),
});
export type VaultSettings = z.infer<typeof vaultSettings>;
