import { Controller, Delete, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DomainError } from '#kernel';
import { GatewayPorts } from '../gateway-ports.js';
import { PasswordGuard, SessionGuard, type SessionRequest, type SignedIn } from './passport-strategies.js';
import { SESSION_COOKIE } from './sessions.js';
import { SignInLimitGuard } from './sign-in-limit.guard.js';

const COOKIE = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

/** Signing in, signing out, and who is signed in. */
@Controller('api/v1/session')
export class SessionController {
  constructor(private readonly ports: GatewayPorts) {}

  @Post()
  @HttpCode(200)
  @UseGuards(SignInLimitGuard, PasswordGuard)
  async signIn(
    @Req() request: SessionRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    const signedIn = request.user!;
    const before = request.cookies[SESSION_COOKIE];
    if (before) await this.ports.sessions.end(before, 'replaced');
    reply.setCookie(SESSION_COOKIE, await this.ports.sessions.begin(signedIn.actor.personId), COOKIE);
    return signedIn;
  }

  @Get()
  @UseGuards(SessionGuard)
  current(@Req() request: SessionRequest): SignedIn {
    if (!request.user) throw new DomainError('session.missing', 'Nobody is signed in.');
    return request.user;
  }

  @Delete()
  @HttpCode(204)
  async signOut(
    @Req() request: SessionRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const token = request.cookies[SESSION_COOKIE];
    if (token) await this.ports.sessions.end(token, 'signed-out');
    reply.clearCookie(SESSION_COOKIE, COOKIE);
  }
}
