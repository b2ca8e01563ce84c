import { type BeforeApplicationShutdown, Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DomainError } from '#kernel';
import { beginFeed, describePerson, LIMITS, readFeed, type ResponseOf } from '#contracts';
import { GatewayPorts } from '../gateway-ports.js';
import { SessionGuard, type SessionRequest } from '../sessions/passport-strategies.js';
import { SESSION_COOKIE } from '../sessions/sessions.js';
import { OpenFeeds } from './open-feeds.js';
import { followFeed } from './supervision-feed.js';

const LOOK_EVERY_MS = 1_000;
/** The session and the roles behind a feed are looked at again this often. */
const TRUST_MS = 10_000;

/** Every entry within a supervisor's scope, as it is entered. */
@Controller('api/v1/supervision/feed')
export class SupervisionFeedController implements BeforeApplicationShutdown {
  private readonly feeds = new OpenFeeds();
  private readonly stopped = new AbortController();

  constructor(private readonly ports: GatewayPorts) {}

  /** Before the server waits for its connections. */
  beforeApplicationShutdown(): void {
    this.stopped.abort();
  }

  /**
   * Server-sent events `entry`; ids are indices of the ledger. `Last-Event-ID` resumes after the named one; a client that
   * was refused and must ask anew cannot send it, and names the index as `after`.
   */
  @Get()
  @UseGuards(SessionGuard)
  async follow(@Req() request: SessionRequest, @Res() reply: FastifyReply) {
    // Refused before the stream begins: who may not, and what is too many.
    const { lookedTo } = await this.ports.requests.ask(beginFeed, {}, { actor: request.user?.actor ?? null });
    const after = lastSeen(request) ?? lookedTo ?? -1;
    const read = this.reader(request);
    const close = this.feeds.open(request.user!.actor.personId);

    reply.hijack();
    const { raw } = reply;
    const gone = new AbortController();
    raw.once('close', () => {
      gone.abort();
      close();
    });
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const signal = AbortSignal.any([gone.signal, this.stopped.signal]);
    await followFeed({ out: raw, read, after, everyMs: LOOK_EVERY_MS, signal }).catch((error: unknown) =>
      this.ports.log.info({ error }, 'a live feed of supervision ends'),
    );
    raw.end();
  }

  /** Asks as the person of the session, whose roles are those of the last ten seconds. */
  private reader(request: SessionRequest): (after: number) => Promise<ResponseOf<typeof readFeed>> {
    let actor = request.user?.actor ?? null;
    let trustedUntil = performance.now() + TRUST_MS;
    return async (after) => {
      if (performance.now() > trustedUntil) {
        const token = request.cookies[SESSION_COOKIE];
        const personId = token ? await this.ports.sessions.personOf(token) : undefined;
        if (personId === undefined) throw new DomainError('session.missing', 'The session is over.');
        ({ actor } = await this.ports.requests.ask(describePerson, { personId }));
        trustedUntil = performance.now() + TRUST_MS;
      }
      return this.ports.requests.ask(readFeed, { after, limit: LIMITS.pageItemsMax }, { actor });
    };
  }
}

/** The last index that the client names, where it names one. */
function lastSeen({ headers, query }: SessionRequest): number | undefined {
  const named = headers['last-event-id'] ?? (query as { readonly after?: unknown }).after;
  return typeof named === 'string' && /^\d{1,15}$/.test(named) ? parseInt(named, 10) : undefined;
}
