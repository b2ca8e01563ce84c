import { Controller, Get, Param, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DomainError } from '#kernel';
import { ConsumesAll } from '#service';
import { type EventEnvelope, getTender, uuid } from '#contracts';
import { GatewayPorts } from '../gateway-ports.js';
import { SessionGuard, type SessionRequest } from '../sessions/passport-strategies.js';

/** Comment lines keep proxies from cutting a quiet connection; each look also finds what another instance took. */
const LOOK_AGAIN_MS = 10_000;
const EVENTS_AT_ONCE = 100;

@Controller('api/v1/tenders/:tenderId/events')
export class LiveController {
  constructor(private readonly ports: GatewayPorts) {}

  @ConsumesAll('gateway')
  async take(event: EventEnvelope): Promise<void> {
    await this.ports.publicEvents.take(event);
  }

  /** Server-sent events; `Last-Event-ID` resumes after the named one. */
  @Get()
  @UseGuards(SessionGuard)
  async follow(
    @Req() request: SessionRequest,
    @Res() reply: FastifyReply,
    @Param('tenderId') tenderId: string,
  ) {
    if (!uuid.safeParse(tenderId).success)
      throw new DomainError('request.malformed', 'The tender id is not a UUID.');
    await this.ports.requests.ask(getTender, { tenderId }, { actor: request.user?.actor ?? null });
    const last = request.headers['last-event-id'];
    let after = typeof last === 'string' && /^\d{1,18}$/.test(last) ? last : '0';

    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    raw.write(': connected\n\n');

    let sending = Promise.resolve();
    const send = async (): Promise<void> => {
      const events = await this.ports.publicEvents.listAfter(tenderId, after, EVENTS_AT_ONCE);
      for (const { id, type, at, data } of events) {
        raw.write(`id: ${id}\nevent: ${type}\ndata: ${JSON.stringify({ at, ...data })}\n\n`);
        after = id;
      }
      if (events.length === EVENTS_AT_ONCE) await send();
    };
    const look = (): void => {
      sending = sending.then(send).catch((error: unknown) => {
        this.ports.log.warn({ error }, 'live updates end');
        raw.end();
      });
    };
    const stopNews = this.ports.publicEvents.onNews(tenderId, look);
    const timer = setInterval(() => {
      raw.write(': still here\n\n');
      look();
    }, LOOK_AGAIN_MS);
    raw.once('close', () => {
      stopNews();
      clearInterval(timer);
    });
    look();
  }
}
