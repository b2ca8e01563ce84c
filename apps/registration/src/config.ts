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
  regionCode: z
    .string()
    .regex(/^\d{6}(?:\d{3})?$/)
    .default('630100')
    .describe('GB/T 2260 code of the centre: what it serves, with all below it'),
  certificateDays: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_095)
    .default(365)
    .describe('how long certificates hold'),
});
export type RegistrationSettings = z.infer<typeof registrationSettings>;
