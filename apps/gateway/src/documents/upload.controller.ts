import { Controller, HttpCode, Param, Put, Req, UseGuards } from '@nestjs/common';
import { contentKey, DomainError } from '#kernel';
import { authoriseUpload, LIMITS, sha256Hex, uuid } from '#contracts';
import { GatewayPorts } from '../gateway-ports.js';
import { correlationOf } from '../routes/problem.filter.js';
import { SessionGuard, type SessionRequest } from '../sessions/passport-strategies.js';

interface Stored {
  readonly sha256: string;
  readonly size: number;
}

/** Large bodies: streamed into the store, kept only when their hash is the one in the address. */
@Controller('api/v1')
@UseGuards(SessionGuard)
export class UploadController {
  constructor(private readonly ports: GatewayPorts) {}

  /** A buyer's document: BOQ workbook, drawings, specification. */
  @Put('documents/:sha256')
  @HttpCode(200)
  async document(@Req() request: SessionRequest, @Param('sha256') sha256: string): Promise<Stored> {
    const roles = request.user?.actor.roles;
    if (!roles) throw new DomainError('session.missing', 'Sign in to send documents.');
    if (!roles.includes('buyer')) throw new DomainError('access.denied', 'Documents are sent by buyers.');
    return this.keep(request, 'documents', sha256, LIMITS.documentBytesMax);
  }

  /** The body of a sealed envelope; the vault says whether it may come and where it waits. */
  @Put('tenders/:tenderId/envelopes/:sha256')
  @HttpCode(200)
  async envelope(
    @Req() request: SessionRequest,
    @Param('tenderId') tenderId: string,
    @Param('sha256') sha256: string,
  ): Promise<Stored> {
    const actor = request.user?.actor;
    if (!actor) throw new DomainError('session.missing', 'Sign in to send envelopes.');
    if (!actor.roles.includes('bidder'))
      throw new DomainError('access.denied', 'Envelopes are sent by bidders.');
    if (!uuid.safeParse(tenderId).success)
      throw new DomainError('request.malformed', 'The tender id is not a UUID.');
    const behalf = { actor, correlationId: correlationOf(request) };
    const size = Number(request.headers['content-length']);
    await this.ports.requests.ask(authoriseUpload, { tenderId, sha256, size }, behalf);
    return this.keep(request, 'quarantine', sha256, LIMITS.envelopeBytesMax);
  }

  private async keep(
    request: SessionRequest,
    prefix: string,
    sha256: string,
    bytesMax: number,
  ): Promise<Stored> {
    if (!sha256Hex.safeParse(sha256).success) {
      throw new DomainError(
        'request.malformed',
        'The address ends with the SHA-256 of the body, in lower-case hex.',
      );
    }
    const size = Number(request.headers['content-length']);
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new DomainError('request.malformed', 'Send a Content-Length of at least one byte.');
    }
    if (size > bytesMax)
      throw new DomainError('request.too-large', `At most ${bytesMax} bytes.`, { bytesMax });
    if (!isStream(request.body)) {
      throw new DomainError('request.media-type-wrong', 'Send the bytes as application/octet-stream.');
    }
    return this.ports.store.put(contentKey(prefix, sha256), request.body, {
      expect: { sha256, size },
      bytesMax,
    });
  }
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
