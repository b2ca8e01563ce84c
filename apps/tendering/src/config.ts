import { z } from 'zod';

export const tenderingSettings = z.strictObject({
  authorityCertificateFile: z.string().describe('PEM of the certificate authority that signatures lead to'),
  regionCode: z
    .string()
    .regex(/^\d{6}(?:\d{3})?$/)
    .default('630100')
    .describe('GB/T 2260 code of the centre: what it serves, with all below it'),
});
export type TenderingSettings = z.infer<typeof tenderingSettings>;
