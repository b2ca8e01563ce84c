import { Injectable } from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-custom';
import { z } from 'zod';
import { DomainError, isDomainError } from '#kernel';
import { type Actor, checkPassword, describePerson } from '#contracts';
import { GatewayPorts } from '../gateway-ports.js';
import { requireKeepable } from '../routes/require-keepable.js';
import { SESSION_COOKIE } from './sessions.js';

export interface SignedIn {
  readonly actor: Actor;
  readonly name: string;
}

export type SessionRequest = FastifyRequest & { user?: SignedIn | null };

const credentials = z.strictObject({
  login: z.string().min(1).max(100),
  password: z.string().min(1).max(200),
});

/** Login and password, checked by registration. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy, 'password') {
  constructor(private readonly ports: GatewayPorts) {
    super();
  }

  async validate(request: FastifyRequest): Promise<SignedIn> {
    const parsed = credentials.safeParse(request.body);
    if (!parsed.success) throw new DomainError('request.malformed', 'Send login and password.');
    requireKeepable(parsed.data);
    return this.ports.requests.ask(checkPassword, parsed.data);
  }
}

/** The session cookie; the roles are those in force at this moment. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Strategy, 'session') {
  constructor(private readonly ports: GatewayPorts) {
    super();
  }

  async validate(request: FastifyRequest): Promise<SignedIn | false> {
    const token = request.cookies[SESSION_COOKIE];
    const personId = token ? await this.ports.sessions.personOf(token) : undefined;
    return personId ? this.ports.requests.ask(describePerson, { personId }) : false;
  }
}

/** Lets everyone pass and says who it is; what may be done is decided where the request is handled. */
@Injectable()
export class SessionGuard extends AuthGuard('session') {
  override handleRequest<User>(error: unknown, user: User | false): User {
    if (error && !(isDomainError(error) && error.code === 'person.unknown')) throw error;
    return (user || null) as User;
  }
}

@Injectable()
export class PasswordGuard extends AuthGuard('password') {
  override handleRequest<User>(error: unknown, user: User | false): User {
    if (error) throw error;
    if (!user) throw new DomainError('sign-in.refused', 'Login or password is wrong.');
    return user;
  }
}
