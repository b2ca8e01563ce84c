import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  type JetStreamManager,
  ReplayPolicy,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { invariant } from '#kernel';
import { DUPLICATE_WINDOW_MS } from './message.js';
import { isStreamMissing } from './nats-errors.js';

/** A stream over anything but events would answer requests with its own receipts. */
const EVENTS = 'evt.>';
/** By then every consumer has taken an event. */
const AGE_DAYS_MAX = 30;
/** After this time without a sign of life an event is given to another process of the same consumer. */
export const ACK_WAIT_MS = 30_000;

/**
 * Makes the stream if it is missing; one that exists keeps its settings but must hold the events. Returns when it was
 * made, by the broker's clock.
 */
export async function ensureStream(manager: JetStreamManager, name: string): Promise<string> {
  const info = await manager.streams.info(name).catch((error: unknown) => {
    if (isStreamMissing(error)) return undefined;
    throw error;
  });
  if (info) {
    const covers = info.config.subjects.join();
    invariant(covers === EVENTS, `stream ${name} covers ${covers} instead of ${EVENTS}`);
    return info.created;
  }
  const made = await manager.streams.add({
    name,
    subjects: [EVENTS],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: nanos(AGE_DAYS_MAX * 86_400_000),
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
  });
  return made.created;
}

/** The durable place of a consumer in the stream: from the first event on, one event under way at a time. */
export async function ensureConsumer(
  manager: JetStreamManager,
  stream: string,
  consumer: string,
): Promise<void> {
  await ensureStream(manager, stream);
  await manager.consumers.add(stream, {
    durable_name: consumer,
    name: consumer,
    filter_subject: EVENTS,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ACK_WAIT_MS),
    // More than one under way would let a second process overtake the first.
    max_ack_pending: 1,
    max_deliver: -1,
    deliver_policy: DeliverPolicy.All,
    replay_policy: ReplayPolicy.Instant,
  });
}
