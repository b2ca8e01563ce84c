import type { Msg } from '@nats-io/transport-node';
import type { EventEnvelope } from '#contracts';
import { backOffMs, pause, untilDone } from './back-off.js';
import type { BusOptions, EventHandler } from './bus.port.js';
import { decodeEvent } from './message.js';
import { ACK, GIVE_BACK, IN_PROGRESS, type NatsPull, NEVER_AGAIN } from './nats-pull.js';
import { ACK_WAIT_MS } from './nats-stream.js';

/** One process's reading of a durable consumer, through lost connections and emptied brokers, until closed. */
export class NatsConsumption {
  private readonly stopped = new AbortController();
  private readonly finished: Promise<void>;

  /** `restore` makes what is missing on the broker. */
  constructor(
    private readonly name: string,
    private readonly handler: EventHandler,
    private readonly pull: NatsPull,
    private readonly restore: () => Promise<void>,
    private readonly onError: NonNullable<BusOptions['onError']>,
  ) {
    this.finished = this.run();
  }

  /** The event under way is finished, or given back when it was being retried. */
  async close(): Promise<void> {
    this.stopped.abort();
    await this.finished;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    for (let failures = 0; !signal.aborted;) {
      try {
        if (failures > 0) await this.restore();
        const message = await this.pull.next(signal);
        failures = 0;
        if (message) await this.take(message);
      } catch (error) {
        this.onError(error, { subject: 'evt.>', party: this.name });
        await pause(backOffMs(failures++), signal);
      }
    }
  }

  private async take(message: Msg): Promise<void> {
    const context = { subject: message.subject, party: this.name };
    let event: EventEnvelope;
    try {
      event = decodeEvent(message.data);
    } catch (error) {
      // No producer of ours can send this, and no repetition would make it an event.
      this.onError(error, context);
      message.respond(NEVER_AGAIN);
      return;
    }
    const alive = setInterval(() => message.respond(IN_PROGRESS), ACK_WAIT_MS / 3);
    try {
      const isDone = await untilDone(
        () => this.handler(structuredClone(event)),
        this.stopped.signal,
        (error) => this.onError(error, context),
      );
      message.respond(isDone ? ACK : GIVE_BACK);
    } finally {
      clearInterval(alive);
    }
  }
}
