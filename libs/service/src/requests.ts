import { randomUUID } from 'node:crypto';
import { DomainError } from '#kernel';
import type { Bus } from '#bus';
import type { Actor, Reply, RequestContract, RequestEnvelope, ResponseOf } from '#contracts';
import type { z } from 'zod';

/** On whose behalf a request is made, and what it belongs to. */
export interface Behalf {
  readonly actor: Actor | null;
  readonly correlationId?: string;
  readonly idempotencyKey?: string | null;
}

/** Typed requests from one service to another. Refusals arrive as the DomainError that the other service threw. */
export class Requests {
  constructor(private readonly bus: Bus) {}

  async ask<C extends RequestContract>(
    contract: C,
    body: z.input<C['request']>,
    behalf: Behalf = { actor: null },
  ): Promise<ResponseOf<C>> {
    return (await this.forward(contract, body, behalf)) as ResponseOf<C>;
  }

  /** As {@link Requests.ask} for a body that nobody has looked at yet; the service validates it. */
  async forward(contract: RequestContract, body: unknown, behalf: Behalf): Promise<unknown> {
    const envelope: RequestEnvelope = {
      actor: behalf.actor,
      correlationId: behalf.correlationId ?? randomUUID(),
      idempotencyKey: behalf.idempotencyKey ?? null,
      body,
    };
    const reply = (await this.bus.request(contract.subject, envelope)) as Reply;
    if (reply.ok) return reply.body;
    throw new DomainError(reply.error.code, reply.error.message, reply.error.details);
  }
}
