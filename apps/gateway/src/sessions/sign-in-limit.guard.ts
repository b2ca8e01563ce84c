import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { DomainError } from '#kernel';
import { GatewayPorts } from '../gateway-ports.js';
import type { Sessions } from './sessions.js';

/** Slows down guessing: so many sign-ins for one login in a minute, and no more. Of what is more the first is entered. */
@Injectable()
export class SignInLimitGuard implements CanActivate {
  private readonly limiter: RateLimiterMemory;

  private readonly sessions: Pick<Sessions, 'enterTooMany'>;

  constructor(ports: GatewayPorts) {
    this.sessions = ports.sessions;
    this.limiter = new RateLimiterMemory({ points: ports.signInsPerMinute, duration: 60 });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { body } = context
      .switchToHttp()
      .getRequest<FastifyRequest<{ Body: { login?: unknown } | undefined }>>();
    try {
      await this.limiter.consume(String(body?.login ?? '').slice(0, 100));
      return true;
    } catch (rejected) {
      const { consumedPoints = 0 } = rejected as { consumedPoints?: number };
      if (consumedPoints === this.limiter.points + 1) await this.sessions.enterTooMany();
      throw new DomainError('sign-in.too-many', 'Too many attempts for this login; wait a minute.');
    }
  }
}
