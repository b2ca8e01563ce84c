import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidV7 } from '#kernel';
import type { EventEnvelope } from '#contracts';

/** An event with the given number, as a producer named `tester` would send it. */
export function eventOf(seq: number, overrides: Partial<EventEnvelope> = {}): EventEnvelope {
  return {
    id: uuidV7(1_764_000_000_000 + seq, randomBytes(10)),
    producer: 'tester',
    seq,
    subject: 'evt.tester.thing-done.v1',
    occurredAt: '2026-11-24T09:00:00.000Z',
    actorId: null,
    tenderId: null,
    correlationId: randomUUID(),
    causationId: null,
    data: { seq },
    ...overrides,
  };
}

/** Resolves when `condition` holds; the runner's time-out is the limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

/** A promise and the function that resolves it. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
