import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { DomainError, isDomainError } from '#kernel';
import type { BusErrorCode, EventEnvelope } from '#contracts';
import type { Bus, BusHealth, BusOptions, EventHandler, RequestHandler, Subscription } from './bus.port.js';
import {
  assertPartyName,
  assertRequestSubject,
  decodeMessage,
  encodeEvent,
  encodeMessage,
  REQUEST_TIMEOUT_MS,
} from './message.js';
import { NatsConsumption } from './nats-consumption.js';
import { isClosedError, isNoResponder, isStreamMissing, isTimeout, reasonOf } from './nats-errors.js';
import { inboxPrefix, STREAM_NAME } from './nats-permissions.js';
import { NatsPull } from './nats-pull.js';
import { ensureConsumer, ensureStream } from './nats-stream.js';
import {
  answerTooLarge,
  busClosed,
  busUnavailable,
  handlerFailed,
  noResponder,
  timedOut,
} from './refusals.js';
import { Running } from './running.js';

/** A reply carries at most one refusal of the bus itself in this header; refusals of services are in its body. */
const REFUSAL_HEADER = 'Sunseal-Refusal';
const BROKER_ANSWER_MS = 5_000;
const HEALTH_MS = 2_000;
/** Below this a broker would refuse what the port promises to carry. */
const BROKER_PAYLOAD_MIN = 1024 * 1024;

export interface NatsBusOptions extends BusOptions {
  /** One URL, or several of a cluster. */
  readonly servers: string | readonly string[];
  /** With a user, answers arrive under `_INBOX.<user>.` only. */
  readonly user?: string;
  readonly pass?: string;
  readonly streamName?: string;
}

/** The bus over NATS: requests as core messages with queue groups, events in one JetStream stream. */
export class NatsBus implements Bus {
  private readonly running = new Running();
  private readonly subscriptions = new Set<Subscription>();
  private readonly onError: NonNullable<BusOptions['onError']>;
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly connection: NatsConnection,
    private readonly client: JetStreamClient,
    private readonly manager: JetStreamManager,
    private readonly streamName: string,
    private readonly inbox: string,
    onError: BusOptions['onError'],
  ) {
    this.onError = onError ?? (() => undefined);
  }

  /**
   * Connects and makes the stream if it is missing; afterwards reconnects for ever. Throws `bus.unavailable`
   * when no server answers, refuses the user, has no JetStream or takes less than 1 MiB in a message.
   */
  static async connect(options: NatsBusOptions): Promise<NatsBus> {
    const { servers, user, pass, streamName = STREAM_NAME } = options;
    const inbox = user === undefined ? '_INBOX' : inboxPrefix(user);
    const connection = await connect({
      servers: typeof servers === 'string' ? servers : [...servers],
      ...(user === undefined ? {} : { user, pass: pass ?? '', inboxPrefix: inbox, name: user }),
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      timeout: BROKER_ANSWER_MS,
    }).catch((error: unknown) => {
      throw busUnavailable('the connection', reasonOf(error));
    });
    try {
      const payloadMax = connection.info?.max_payload ?? 0;
      if (payloadMax < BROKER_PAYLOAD_MIN) throw new Error(`max_payload is ${payloadMax}, less than 1 MiB`);
      const manager = await jetstreamManager(connection, { checkAPI: false, timeout: BROKER_ANSWER_MS });
      await ensureStream(manager, streamName);
      return new NatsBus(connection, jetstream(connection), manager, streamName, inbox, options.onError);
    } catch (error) {
      await connection.close();
      throw busUnavailable(`stream ${streamName}`, reasonOf(error));
    }
  }

  async request(
    subject: string,
    payload: unknown,
    options: { readonly timeoutMs?: number } = {},
  ): Promise<unknown> {
    assertRequestSubject(subject);
    this.refuseWhenClosing(subject);
    const timeoutMs = options.timeoutMs ?? REQUEST_TIMEOUT_MS;
    const bytes = encodeMessage(payload);
    const reply = await this.running
      .track(this.connection.request(subject, bytes, { timeout: timeoutMs }))
      .catch((error: unknown) => {
        if (isTimeout(error)) throw timedOut(subject, timeoutMs);
        if (isNoResponder(error)) throw noResponder(subject);
        throw isClosedError(error) ? busClosed(subject) : busUnavailable(subject, reasonOf(error));
      });
    const refusal = reply.headers?.get(REFUSAL_HEADER);
    if (refusal === 'message.too-large') throw answerTooLarge(subject);
    if (refusal) throw handlerFailed(subject);
    return decodeMessage(reply.data);
  }

  async serve(subject: string, service: string, handler: RequestHandler): Promise<Subscription> {
    assertRequestSubject(subject);
    assertPartyName(service);
    this.refuseWhenClosing(`serving ${subject}`);
    const running = new Running();
    const subscription = this.connection.subscribe(subject, {
      queue: service,
      callback: (error, message) => {
        if (error) this.onError(error, { subject, party: service });
        else void this.running.track(running.track(this.answer(message, service, handler)));
      },
    });
    await this.connection.flush();
    return this.remember(async () => {
      if (!subscription.isClosed()) await this.orGiveUp(subscription.drain());
      await running.idle();
    });
  }

  async publish(event: EventEnvelope): Promise<void> {
    this.refuseWhenClosing(event.subject);
    const bytes = encodeEvent(event);
    await this.running.track(this.store(event, bytes)).catch((error: unknown) => {
      throw isClosedError(error) ? busClosed(event.subject) : busUnavailable(event.subject, reasonOf(error));
    });
  }

  async consume(consumer: string, handler: EventHandler): Promise<Subscription> {
    assertPartyName(consumer);
    this.refuseWhenClosing(`consuming as ${consumer}`);
    const { manager, streamName: stream, inbox: prefix } = this;
    const restore = () => ensureConsumer(manager, stream, consumer);
    await restore().catch((error: unknown) => {
      throw busUnavailable(`consumer ${consumer}`, reasonOf(error));
    });
    const pull = new NatsPull(this.connection, { stream, consumer, inboxPrefix: prefix });
    const consumption = new NatsConsumption(consumer, handler, pull, restore, this.onError);
    return this.remember(async () => {
      await consumption.close();
      await this.orGiveUp(pull.close());
    });
  }

  async keepsSince(): Promise<string> {
    this.refuseWhenClosing('looking at the stream');
    return ensureStream(this.manager, this.streamName).catch((error: unknown) => {
      throw isClosedError(error) ? busClosed('the stream') : busUnavailable('the stream', reasonOf(error));
    });
  }

  async health(): Promise<BusHealth> {
    if (this.closing) return { ok: false, detail: 'closed' };
    try {
      const info = await within(HEALTH_MS, this.manager.streams.info(this.streamName));
      const version = this.connection.info?.version ?? 'of unknown version';
      return { ok: true, detail: `nats-server ${version}, ${info.state.messages} events stored` };
    } catch (error) {
      return { ok: false, detail: reasonOf(error) };
    }
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    await this.running.idle();
    // Draining sends what is buffered, the last answers and acknowledgements; without a server it never ends.
    await this.orGiveUp(this.connection.drain());
    await this.connection.close();
  }

  /** Storing again after a lost receipt is harmless: the stream knows the id. */
  private async store(event: EventEnvelope, bytes: Uint8Array): Promise<void> {
    const options = { msgID: event.id, timeout: BROKER_ANSWER_MS, expect: { streamName: this.streamName } };
    try {
      await this.client.publish(event.subject, bytes, options);
    } catch (error) {
      // A broker whose folder was emptied has no stream; the outboxes fill a new one.
      if (!isStreamMissing(error)) throw error;
      await ensureStream(this.manager, this.streamName);
      await this.client.publish(event.subject, bytes, options);
    }
  }

  /** Never rejects. */
  private async answer(message: Msg, service: string, handler: RequestHandler): Promise<void> {
    const refuse = (code: BusErrorCode | 'internal.error', error: unknown): void => {
      this.onError(error, { subject: message.subject, party: service });
      const refusal = headers();
      refusal.set(REFUSAL_HEADER, code);
      message.respond(new Uint8Array(), { headers: refusal });
    };
    let answer: unknown;
    try {
      answer = await handler(decodeMessage(message.data));
    } catch (error) {
      return refuse('internal.error', error);
    }
    try {
      message.respond(encodeMessage(answer));
    } catch (error) {
      refuse(isDomainError(error) ? 'message.too-large' : 'internal.error', error);
    }
  }

  private remember(close: () => Promise<void>): Subscription {
    const subscription: Subscription = {
      close: () => {
        this.subscriptions.delete(subscription);
        return close();
      },
    };
    this.subscriptions.add(subscription);
    return subscription;
  }

  private refuseWhenClosing(what: string): void {
    if (this.closing) throw busClosed(what);
  }

  private async orGiveUp(work: Promise<unknown>): Promise<void> {
    await within(HEALTH_MS, work).catch(() => undefined);
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(new DomainError<BusErrorCode>('bus.timeout', `The broker did not answer within ${ms} ms.`)),
      ms,
    );
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
