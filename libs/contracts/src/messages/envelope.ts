import { z } from 'zod';

export const ROLES = [
  'administrator',
  'registrar',
  'buyer',
  'bidder',
  'trustee',
  'expert',
  'supervisor',
] as const;
export type Role = (typeof ROLES)[number];

export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
export const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** GB/T 2260 code of province, city or county, or of a township with three more digits. */
export const regionCode = z.string().regex(/^\d{6}(?:\d{3})?$/);

/** Who acts: a signed-in person with the roles of that moment; `null` stands for the public. */
export const actor = z.strictObject({
  personId: uuid,
  roles: z.array(z.enum(ROLES)),
  organisationId: uuid.nullable(),
  /** Regions to which roles are limited; one without is held in all that the centre serves. */
  limits: z.array(z.strictObject({ role: z.enum(ROLES), regionCode })).optional(),
});
export type Actor = z.infer<typeof actor>;

/** What travels around the body of every request. */
export interface RequestEnvelope {
  readonly actor: Actor | null;
  readonly correlationId: string;
  /** Set on every command: the same key by the same actor has one effect and one answer. */
  readonly idempotencyKey: string | null;
  readonly body: unknown;
}

export type Reply =
  | { readonly ok: true; readonly body: unknown }
  | {
      readonly ok: false;
      readonly error: {
        readonly code: string;
        readonly message: string;
        readonly details: Record<string, unknown>;
      };
    };

/** What travels around the data of every event. Nothing personal but ids. */
export const eventEnvelope = z.object({
  id: uuid,
  producer: z.string(),
  /** Gap-free per producer, from 1. */
  seq: z.number().int().positive(),
  subject: z.string(),
  occurredAt: instant,
  actorId: uuid.nullable(),
  tenderId: uuid.nullable(),
  correlationId: z.string(),
  causationId: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type EventEnvelope = z.infer<typeof eventEnvelope>;
