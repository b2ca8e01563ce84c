import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { Bus } from '#bus';
import { invariant } from '#kernel';
import { type EventEnvelope, requestContract, type RequestEnvelope, type ServiceName } from '#contracts';
import { eventPattern, failed, type Handled } from './handles.js';
import type { Log } from './log.js';
import type { RequestEntries } from './request-entries.js';

interface Subscription {
  close(): Promise<void>;
}

/**
 * Nest's controllers on our bus, in process or over NATS alike: one request subject for each message handler, one
 * durable consumer for each service that handles events.
 */
export class BusTransport extends Server implements CustomTransportStrategy {
  private readonly open: Subscription[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly log: Log,
    private readonly entries: ReadonlyMap<string, RequestEntries>,
  ) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    this.subscribe().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    await Promise.all(this.open.splice(0).map((subscription) => subscription.close()));
  }

  // Nest's transports let callers listen to connection states; the bus reports its own through health().
  on(): void {}
  unwrap<T>(): T {
    return this.bus as T;
  }

  private async subscribe(): Promise<void> {
    const consumers = new Set<string>();
    for (const [pattern, handler] of this.messageHandlers) {
      if (handler.isEventHandler) consumers.add(pattern.split('|')[0]!);
      else await this.serve(pattern, handler);
    }
    for (const consumer of consumers) {
      this.open.push(
        await this.bus.consume(consumer, (event) => this.deliver(consumer as ServiceName, event)),
      );
    }
  }

  private async serve(subject: string, handler: MessageHandler): Promise<void> {
    const contract = requestContract(subject);
    invariant(contract, `no contract is declared for ${subject}`);
    const { service } = contract;
    const entries = this.entries.get(service);
    invariant(entries, `${service} is not among the services of this process`);
    const answer = async (payload: unknown) => {
      const handled = await run(handler, payload)
        .then(async (made) => {
          await entries.enter(contract, payload as RequestEnvelope, made.reply);
          return made;
        })
        .catch(failed);
      if (handled.cause) this.log.error({ subject, error: handled.cause }, 'request failed');
      return handled.reply;
    };
    this.open.push(await this.bus.serve(subject, service, answer));
  }

  private async deliver(consumer: ServiceName, event: EventEnvelope): Promise<void> {
    for (const pattern of [eventPattern(consumer, event.subject), eventPattern(consumer, '*')]) {
      const handler = this.messageHandlers.get(pattern);
      if (!handler) continue;
      const handled = await run(handler, event);
      if (handled.cause) {
        this.log.warn({ consumer, subject: event.subject, error: handled.cause }, 'event not taken; again');
        throw handled.cause instanceof Error ? handled.cause : new Error(String(handled.cause));
      }
    }
  }
}

async function run(handler: MessageHandler, payload: unknown): Promise<Handled> {
  const result: unknown = await handler(payload, {});
  const isStream = typeof result === 'object' && result !== null && 'subscribe' in result;
  return (isStream ? await lastValueFrom(result as Parameters<typeof lastValueFrom>[0]) : result) as Handled;
}
