import { Controller, Get, Req, Res, StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '#kernel';
import { getLedgerIdentity } from '#contracts';
import { GatewayPorts } from '../gateway-ports.js';
import { acceptsGzip, ledgerFile } from './ledger-file.js';

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
    // What is not there yet may be there a moment later.
    reply.header('cache-control', 'no-store');
    const path = new URL(request.url, 'http://ledger').pathname.replace('/ledger/', '');
    const served = ledgerFile(path);
    if (!served) throw new DomainError('route.unknown', 'The ledger has no such file.');
    const { size, body } = await this.ports.store.get(`ledger/${path}`);
    reply.header('cache-control', served.cacheControl);
    const type = served.contentType;
    if (!served.isCompressible) return new StreamableFile(Readable.from(body), { type, length: size });
    reply.header('vary', 'accept-encoding');
    if (!acceptsGzip(request.headers['accept-encoding'])) {
      return new StreamableFile(Readable.from(body), { type, length: size });
    }
    reply.header('content-encoding', 'gzip');
    const packed = createGzip();
    Readable.from(body)
      .once('error', (error) => packed.destroy(error))
      .pipe(packed);
    return new StreamableFile(packed, { type });
  }
}
