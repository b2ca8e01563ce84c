import { randomUUID } from 'node:crypto';
import type { EventEnvelope } from '#contracts';

/** An event of tendering about a tender, as the vault takes it. */
export function eventOf(tenderId: string): EventEnvelope {
  return {
    id: randomUUID(),
    producer: 'tendering',
    seq: 1,
    subject: 'evt.tendering.test.v1',
    occurredAt: '2026-04-01T01:00:00.000Z',
    actorId: null,
    tenderId,
    correlationId: 'c',
    causationId: null,
    data: {},
  };
}
