import { setImmediate } from 'node:timers/promises';
import { isDomainError } from '#kernel';
import type { EventEnvelope } from '#contracts';
import type { Bus, BusHealth, BusOptions, EventHandler, RequestHandler, Subscription } from './bus.port.js';
import { EventLane } from './event-lane.js';
import {
  assertPartyName,
  assertRequestSubject,
  decodeMessage,
  encodeEvent,
  encodeMessage,
  REQUEST_TIMEOUT_MS,
} from './message.js';
import { RecentEvents } from './recent-events.js';
import { answerTooLarge, busClosed, handlerFailed, noResponder, timedOut } from './refusals.js';
import { Running } from './running.js';

interface Server {
  readonly service: string;
  readonly handler: RequestHandler;
  readonly running: Running;
}

/** The bus of a platform that runs in one process. Nothing is stored: what is not handled stays with its publisher. */
export class InProcessBus implements Bus {
  private readonly servers = new Map<string, Server[]>();
  private readonly lanes = new Map<string, EventLane>();
  private readonly leave = new Set<() => Promise<void>>();
  private readonly recent = new RecentEvents();
  private readonly running = new Running();
  private readonly onError: NonNullable<BusOptions['onError']>;
  private isClosed = false;

  constructor(options: BusOptions = {}) {
    this.onError = options.onError ?? (() => undefined);
  }

  async request(
    subject: string,
    payload: unknown,
    options: { readonly timeoutMs?: number } = {},
  ): Promise<unknown> {
    assertRequestSubject(subject);
    if (this.isClosed) throw busClosed(subject);
    const timeoutMs = options.timeoutMs ?? REQUEST_TIMEOUT_MS;
    const bytes = encodeMessage(payload);
    const servers = this.oneOfEachService(subject);
    if (servers.length === 0) throw noResponder(subject);

    let timer: NodeJS.Timeout | undefined;
    const timeOut = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(timedOut(subject, timeoutMs)), timeoutMs);
    });
    const answers = servers.map((server) =>
      this.running.track(server.running.track(this.answer(server, subject, bytes))),
    );
    try {
      return decodeMessage(await Promise.race([...answers, timeOut]));
    } finally {
      clearTimeout(timer);
    }
  }

  async serve(subject: string, service: string, handler: RequestHandler): Promise<Subscription> {
    assertRequestSubject(subject);
    assertPartyName(service);
    if (this.isClosed) throw busClosed(`serving ${subject}`);
    const server: Server = { service, handler, running: new Running() };
    this.servers.set(subject, [...(this.servers.get(subject) ?? []), server]);
    return {
      close: () => {
        this.servers.set(
          subject,
          (this.servers.get(subject) ?? []).filter((other) => other !== server),
        );
        return server.running.idle();
      },
    };
  }

  async publish(event: EventEnvelope): Promise<void> {
    if (this.isClosed) throw busClosed(event.subject);
    const bytes = encodeEvent(event);
    await this.running.track(
      this.recent.once(event.id, async (handledBy) => {
        await setImmediate();
        const deliveries = [...this.lanes]
          .filter(([consumer]) => !handledBy.has(consumer))
          .map(([consumer, lane]) => lane.deliver(bytes).then(() => void handledBy.add(consumer)));
        await Promise.allSettled(deliveries);
        await Promise.all(deliveries);
      }),
    );
  }

  async consume(consumer: string, handler: EventHandler): Promise<Subscription> {
    assertPartyName(consumer);
    if (this.isClosed) throw busClosed(`consuming as ${consumer}`);
    // The lane stays when its members leave: a consumer that is away must not let events be counted as handled.
    const lane = this.lanes.get(consumer) ?? new EventLane(consumer, this.onError);
    this.lanes.set(consumer, lane);
    const leave = lane.join(handler);
    this.leave.add(leave);
    return {
      close: () => {
        this.leave.delete(leave);
        return leave();
      },
    };
  }

  async keepsSince(): Promise<undefined> {
    return undefined;
  }

  async health(): Promise<BusHealth> {
    return this.isClosed ? { ok: false, detail: 'closed' } : { ok: true, detail: 'in process' };
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.leave].map((leave) => leave()));
    await this.running.idle();
    this.servers.clear();
  }

  /** As a broker does with queue groups: each group gets the request once, its members in turn. */
  private oneOfEachService(subject: string): Server[] {
    const chosen = new Map<string, Server>();
    for (const server of this.servers.get(subject) ?? []) {
      if (!chosen.has(server.service)) chosen.set(server.service, server);
    }
    const others = (this.servers.get(subject) ?? []).filter(
      (server) => chosen.get(server.service) !== server,
    );
    this.servers.set(subject, [...others, ...chosen.values()]);
    return [...chosen.values()];
  }

  private async answer(server: Server, subject: string, bytes: Uint8Array): Promise<Uint8Array> {
    await setImmediate();
    const report = (error: unknown): void => this.onError(error, { subject, party: server.service });
    let answer: unknown;
    try {
      answer = await server.handler(decodeMessage(bytes));
    } catch (error) {
      report(error);
      throw handlerFailed(subject);
    }
    try {
      return encodeMessage(answer);
    } catch (error) {
      report(error);
      throw isDomainError(error) ? answerTooLarge(subject) : handlerFailed(subject);
    }
  }
}
