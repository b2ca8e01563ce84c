import { untilDone } from './back-off.js';
import type { BusOptions, EventHandler } from './bus.port.js';
import { decodeEvent } from './message.js';
import { busClosed } from './refusals.js';
import { Running } from './running.js';

interface Member {
  readonly handler: EventHandler;
  readonly stopped: AbortController;
  readonly running: Running;
}

/** The events of one consumer in one process: one at a time, in order, whoever of its members takes them. */
export class EventLane {
  private members: Member[] = [];
  private tail: Promise<void> = Promise.resolve();

  constructor(
    private readonly consumer: string,
    private readonly onError: NonNullable<BusOptions['onError']>,
  ) {}

  /** Adds a member; the returned function removes it and resolves when its handler has finished. */
  join(handler: EventHandler): () => Promise<void> {
    const member: Member = { handler, stopped: new AbortController(), running: new Running() };
    this.members.push(member);
    return async () => {
      member.stopped.abort();
      this.members = this.members.filter((other) => other !== member);
      await member.running.idle();
    };
  }

  /** Resolves when a member handled the event; throws `bus.closed` when the last member left before. */
  deliver(bytes: Uint8Array): Promise<void> {
    const delivery = this.tail.then(() => this.attempt(bytes));
    this.tail = delivery.catch(() => undefined);
    return delivery;
  }

  private async attempt(bytes: Uint8Array): Promise<void> {
    const { subject } = decodeEvent(bytes);
    for (;;) {
      const member = this.members.shift();
      if (!member) throw busClosed(`${subject} for ${this.consumer}`);
      this.members.push(member);
      const isDone = await member.running.track(
        untilDone(
          () => member.handler(decodeEvent(bytes)),
          member.stopped.signal,
          (error) => this.onError(error, { subject, party: this.consumer }),
        ),
      );
      if (isDone) return;
    }
  }
}
