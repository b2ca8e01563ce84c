import { z } from 'zod';

export const tenderingSettings = z.strictObject({
  authorityCertificateFile: z.string().describe('PEM of the certificate authority that signatures lead to'),
});
export type TenderingSettings = z.infer<typeof tenderingSettings>;
