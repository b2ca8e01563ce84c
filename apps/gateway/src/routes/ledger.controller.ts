import { Controller, Get, Req, Res } from '@nestjs/common';
import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '#kernel';
import { getLedgerIdentity } from '#contracts';
import { GatewayPorts } from '../gateway-ports.js';

const FILE = /^(?:checkpoint|tile\/(?:entries|\d{1,2})\/(?:x\d{3}\/)*\d{3}(?:\.p\/\d{1,3})?)$/;
const FULL_TILE = /\/\d{3}$/;

/** The ledger's files as c2sp.org/tlog-tiles lays them out, for any client of that format. */
@Controller('ledger')
export class LedgerController {
  constructor(private readonly ports: GatewayPorts) {}

  @Get('log.vkey')
  async verifierKey(): Promise<string> {
    return `${(await this.ports.requests.ask(getLedgerIdentity, {})).verifierKey}\n`;
  }

  @Get('*')
  async file(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const path = new URL(request.url, 'http://ledger').pathname.replace('/ledger/', '');
    if (!FILE.test(path)) throw new DomainError('route.unknown', 'The ledger has no such file.');
    const { size, body } = await this.ports.store.get(`ledger/${path}`);
    const isFinal = FULL_TILE.test(path);
    reply.header('cache-control', isFinal ? 'public, max-age=31536000, immutable' : 'no-cache');
    const type = path === 'checkpoint' ? 'text/plain; charset=utf-8' : 'application/octet-stream';
    return new StreamableFile(Readable.from(body), { type, length: size });
  }
}
