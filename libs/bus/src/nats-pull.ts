import { createInbox, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';

/** How long one pull waits at the broker; a lost connection or an emptied broker goes unnoticed no longer. */
const PULL_MS = 2_000;
const PULL_GRACE_MS = 1_000;
const NOTHING_YET = [404, 408];

/** Answers to the broker about one delivered message (NATS reference, JetStream acknowledgements). */
export const ACK = '+ACK';
export const GIVE_BACK = '-NAK';
export const IN_PROGRESS = '+WPI';
export const NEVER_AGAIN = '+TERM';

interface Wait {
  readonly reply: string;
  take(message: Msg): void;
  fail(error: unknown): void;
}

/**
 * Takes messages of a durable consumer one by one. The client's own pull loses what arrives between its stopping and
 * the broker's noticing, and the message then rests for the whole acknowledgement time; this one gives it back.
 */
export class NatsPull {
  private readonly inbox: string;
  private readonly subscription: Subscription;
  private count = 0;
  private waiting: Wait | undefined;

  constructor(
    private readonly connection: NatsConnection,
    private readonly address: {
      readonly stream: string;
      readonly consumer: string;
      readonly inboxPrefix: string;
    },
  ) {
    this.inbox = createInbox(address.inboxPrefix);
    this.subscription = connection.subscribe(`${this.inbox}.*`, {
      callback: (error, message) => {
        if (error) this.waiting?.fail(error);
        else this.receive(message);
      },
    });
  }

  /**
   * The next message, or undefined when the broker says that there is none or the signal aborted. Throws when the
   * consumer has gone; a broker that was emptied and filled again says nothing of a consumer that it does not know.
   */
  async next(signal: AbortSignal): Promise<Msg | undefined> {
    if (signal.aborted) return undefined;
    const reply = `${this.inbox}.${++this.count}`;
    const { stream, consumer } = this.address;
    let giveUp = (): void => undefined;
    const arrival = new Promise<Msg | undefined>((resolve, reject) => {
      giveUp = () => {
        this.waiting = undefined;
        resolve(undefined);
      };
      this.waiting = { reply, take: resolve, fail: reject };
    });
    const silence = new Error(`the broker said nothing of consumer ${consumer}`);
    const timer = setTimeout(() => this.waiting?.fail(silence), PULL_MS + PULL_GRACE_MS);
    signal.addEventListener('abort', giveUp);
    try {
      const request = JSON.stringify({ batch: 1, expires: PULL_MS * 1_000_000 });
      this.connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`, request, { reply });
      const message = await arrival;
      return message === undefined || isStatus(message) ? undefined : message;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      this.waiting = undefined;
    }
  }

  /** Resolves when the broker sends nothing more; what it sent meanwhile was given back. */
  async close(): Promise<void> {
    if (!this.subscription.isClosed()) await this.subscription.drain();
  }

  private receive(message: Msg): void {
    const { waiting } = this;
    if (!isStatus(message)) {
      this.waiting = undefined;
      if (waiting) waiting.take(message);
      else message.respond(GIVE_BACK);
      return;
    }
    // A late answer to a pull that was given up says nothing about the present one.
    if (waiting?.reply !== message.subject) return;
    const { code = 0, description = '' } = message.headers ?? {};
    if (NOTHING_YET.includes(code)) waiting.take(message);
    else waiting.fail(new Error(`consumer ${this.address.consumer} has gone: ${code} ${description}`));
  }
}

/** The broker's own words have no acknowledgement address. */
const isStatus = (message: Msg): boolean => !message.reply;
