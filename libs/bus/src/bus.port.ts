import type { EventEnvelope } from '#contracts';

export type RequestHandler = (payload: unknown) => Promise<unknown>;
export type EventHandler = (event: EventEnvelope) => Promise<void>;

/** A running `serve` or `consume`. */
export interface Subscription {
  /** Takes nothing new, resolves when what was running has finished. May be called twice. */
  close(): Promise<void>;
}

/** Health of one engine; `detail` is one line for a person. */
export interface BusHealth {
  readonly ok: boolean;
  readonly detail: string;
}

export interface BusOptions {
  /** Hears what no caller can be told: a handler that threw, an event that is no event. Must not throw. */
  readonly onError?: (error: unknown, context: { readonly subject: string; readonly party: string }) => void;
}

/**
 * Requests and events between services. Both adapters pass the same contract suite: only JSON crosses,
 * under the same size limit and the same time-outs, always asynchronously.
 */
export interface Bus {
  /**
   * Asks one of the servers of `subject` and resolves with its answer, a fresh JSON copy (`undefined`
   * becomes `null`). Always ends within `timeoutMs` (default 10,000). The request may have had its effect
   * even when this throws: repeat it only with an idempotency key.
   * Throws `bus.timeout`, `bus.no-responder` (nobody serves the subject), `message.too-large` (request or
   * answer over {@link MESSAGE_BYTES_MAX} bytes of JSON), `internal.error` (the handler threw; its
   * message does not cross), `bus.closed`, `bus.unavailable`.
   */
  request(subject: string, payload: unknown, options?: { readonly timeoutMs?: number }): Promise<unknown>;

  /**
   * Answers requests. Of all servers with the same `service` exactly one gets each request; requests run
   * concurrently. Ready when the promise resolves. Handlers turn refusals into replies themselves; one
   * that throws is reported to `onError` and its caller gets `internal.error`.
   */
  serve(subject: string, service: string, handler: RequestHandler): Promise<Subscription>;

  /**
   * Resolves once the event is safe: stored by the broker, or, in one process, handled by every consumer
   * registered so far. An id published before (within ten minutes) is taken once and resolves
   * as well. Events of one caller that awaits each publish keep their order. On any throw (`bus.closed`,
   * `bus.unavailable`, `message.too-large`) the caller keeps the event and publishes it again.
   * Never await this inside an event handler: in one process the handler would wait for itself.
   */
  publish(event: EventEnvelope): Promise<void>;

  /**
   * Delivers every event of the platform to `handler`, at least once, in the order of publication, one at
   * a time per `consumer` even when several processes use the name. A handler that throws gets the same
   * event again after 50 ms, doubling up to 5 s, for ever; no later event passes it. Over the broker the name is
   * durable: events published while nobody consumed are delivered later. In one process, consume before
   * the first publish. Handlers recognise duplicates by `event.id` (inbox).
   */
  consume(consumer: string, handler: EventHandler): Promise<Subscription>;

  /**
   * Since when the transport keeps events, by its own clock, in ISO 8601: a broker that was emptied begins anew, and
   * what was published before is gone from it, taken or not. Undefined where nothing is kept. Throws `bus.closed`,
   * `bus.unavailable`.
   */
  keepsSince(): Promise<string | undefined>;

  /** Never throws; answers within two seconds. */
  health(): Promise<BusHealth>;

  /**
   * Takes nothing new, lets running handlers finish, ends retry loops. Requests and publications under
   * way end with their answer or `bus.closed`. May be called twice.
   */
  close(): Promise<void>;
}
