import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export const gatewaySettings = z.strictObject({
  sessionHours: z.coerce.number().int().min(1).max(24).default(8).describe('how long a session lasts'),
  portalDir: z
    .string()
    .default(fileURLToPath(new URL('../../web', import.meta.url)))
    .describe('the built portal; an empty folder serves the API alone'),
  signInsPerMinute: z.coerce.number().int().min(1).default(10).describe('sign-ins per login and minute'),
});
export type GatewaySettings = z.infer<typeof gatewaySettings>;
