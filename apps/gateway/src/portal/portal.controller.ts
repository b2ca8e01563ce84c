import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '#kernel';
import { GatewayPorts } from '../gateway-ports.js';

const YEAR_MS = 365 * 24 * 3_600_000;
/** Names with a hash of their content, made by the build. */
const IS_ASSET = /^\/assets\/[\w.-]+$/;

/** What a page may do: its own scripts, workers and pictures, its own server, and nothing else. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    // Documents that the page read itself, of kinds that no browser runs.
    'frame-src blob:',
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** A worker has the policy that its own file came with: it may load its parts and ask its own server. */
const ASSET_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'";

/** The portal: its files as they are, and its one page for every address that is nobody else's. */
@Controller()
export class PortalController {
  private readonly page: string | undefined;

  constructor(private readonly ports: GatewayPorts) {
    const file = join(this.ports.portalDir, 'index.html');
    this.page = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  @Get('assets/*')
  asset(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { pathname } = new URL(request.url, 'http://portal');
    if (!IS_ASSET.test(pathname) || !existsSync(join(this.ports.portalDir, pathname))) {
      throw new DomainError('route.unknown', 'The portal has no such file.');
    }
    reply.header('content-security-policy', ASSET_POLICY);
    reply.sendFile(pathname.slice(1), { maxAge: YEAR_MS, immutable: true });
  }

  @Get('seal.svg')
  icon(@Res() reply: FastifyReply): void {
    reply.sendFile('seal.svg', { maxAge: 3_600_000 });
  }

  @Get(['', '*'])
  show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    const { pathname } = new URL(request.url, 'http://portal');
    const wantsPage = (request.headers.accept ?? '').includes('text/html');
    if (/^\/(?:api|ledger|health)(?:\/|$)/.test(pathname) || !wantsPage || this.page === undefined) {
      throw new DomainError('route.unknown', `Nothing answers ${request.method} ${pathname}.`);
    }
    const nonce = randomBytes(16).toString('base64');
    reply.headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy(nonce),
    });
    return this.page.replace('__CSP_NONCE__', nonce);
  }
}
