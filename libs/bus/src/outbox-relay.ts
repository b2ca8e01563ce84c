import { DomainError } from '#kernel';
import type { BusErrorCode } from '#contracts';
import { backOffMs, pause } from './back-off.js';
import type { Bus } from './bus.port.js';
import {
  assignSequence,
  hasUnsent,
  markSent,
  REPLAY_MAX,
  resendBefore,
  type SqlSource,
  unsentEvents,
} from './outbox-rows.js';

export interface OutboxRelayOptions {
  readonly sql: SqlSource;
  /** Name of the service whose outbox this is. */
  readonly producer: string;
  readonly bus: Bus;
  /** How often the outbox is looked at when nobody pokes. Default 200 ms. */
  readonly idleMs?: number;
  /** Hears every failed attempt. Must not throw. */
  readonly onError?: (error: unknown) => void;
}

/** How often it is looked whether the broker was emptied. */
const LOOK_AT_BUS_MS = 5_000;

/**
 * Brings a service's events from its outbox to the bus, in order of `seq`, each at least once: a row is marked only
 * after the bus has taken it, and is published again, with the same id, when the process ends between
 * the two. A broker that was emptied is filled again from the outbox. An event that the bus refuses holds back all later ones and is tried again after 50 ms … 5 s. Two relays
 * on one outbox are harmless: both go through the rows in order, and the bus drops the second of each id.
 */
export class OutboxRelay {
  private readonly stopped = new AbortController();
  private wake = new AbortController();
  private pass: Promise<void> = Promise.resolve();
  private loop: Promise<void> | undefined;
  private keptSince: string | undefined;
  private lookAt = 0;

  constructor(private readonly options: OutboxRelayOptions) {}

  async start(): Promise<void> {
    this.loop ??= this.run();
  }

  /** Tells that a transaction with new events was committed. */
  poke(): void {
    this.wake.abort();
  }

  /** Resolves when the event under way has been taken or refused; unsent rows stay for the next start. */
  async stop(): Promise<void> {
    this.stopped.abort();
    this.wake.abort();
    await this.loop;
  }

  /** Resolves when no unsent row is left. Throws `bus.closed` when the relay is stopped before. */
  async drained(): Promise<void> {
    while (await hasUnsent(this.options.sql)) {
      if (this.stopped.signal.aborted || !this.loop) {
        throw new DomainError<BusErrorCode>(
          'bus.closed',
          'The relay does not run; events stay in the outbox.',
        );
      }
      this.poke();
      await pause(5, this.stopped.signal);
      await this.pass;
    }
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopped.signal.aborted;) {
      this.wake = new AbortController();
      let isFull = false;
      this.pass = this.relayBatch().then(
        (count) => {
          failures = 0;
          isFull = count === REPLAY_MAX;
        },
        (error: unknown) => {
          failures++;
          this.lookAt = 0;
          this.options.onError?.(error);
        },
      );
      await this.pass;
      if (failures > 0) await pause(backOffMs(failures - 1), this.stopped.signal);
      else if (!isFull && !this.stopped.signal.aborted)
        await pause(this.options.idleMs ?? 200, this.wake.signal);
    }
  }

  private async relayBatch(): Promise<number> {
    const { sql, producer, bus } = this.options;
    await this.refill();
    if (!(await hasUnsent(sql))) return 0;
    await assignSequence(sql, producer);
    const events = await unsentEvents(sql, producer);
    const taken: string[] = [];
    try {
      for (const event of events) {
        if (this.stopped.signal.aborted) break;
        await bus.publish(event);
        taken.push(event.id);
      }
    } finally {
      await markSent(sql, taken);
    }
    return events.length;
  }

  private async refill(): Promise<void> {
    if (performance.now() < this.lookAt) return;
    const { sql, bus } = this.options;
    const since = await bus.keepsSince();
    this.lookAt = performance.now() + LOOK_AT_BUS_MS;
    if (since === undefined || since === this.keptSince) return;
    await resendBefore(sql, since);
    this.keptSince = since;
  }
}
