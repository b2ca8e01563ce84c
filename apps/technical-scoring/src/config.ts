import { z } from 'zod';

export const technicalScoringSettings = z.strictObject({
  authorityCertificateFile: z.string().describe('PEM of the certificate authority that signatures lead to'),
});
export type TechnicalScoringSettings = z.infer<typeof technicalScoringSettings>;
