import { z } from 'zod';

export const registrationSettings = z.strictObject({
  authorityCertificateFile: z.string().describe('PEM of the certificate authority'),
  authorityKeyFile: z.string().describe('PKCS#8 PEM of its key; readable by this service alone'),
  administratorLogin: z.string().default('administrator').describe('login of the first administrator'),
  administratorPassword: z
    .string()
    .min(12)
    .describe('password of the first administrator; used only while there is none')
    .meta({ secret: true }),
  administratorUntil: z.string().describe('instant at which the first administrator’s grant ends'),
  certificateDays: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_095)
    .default(365)
    .describe('how long certificates hold'),
});
export type RegistrationSettings = z.infer<typeof registrationSettings>;
