import { z } from 'zod';

export const gatewaySettings = z.strictObject({
  sessionHours: z.coerce.number().int().min(1).max(24).default(8).describe('how long a session lasts'),
  signInsPerMinute: z.coerce.number().int().min(1).default(10).describe('sign-ins per login and minute'),
});
export type GatewaySettings = z.infer<typeof gatewaySettings>;
