import { Controller, HttpCode, Param, Put, Req, UseGuards } from '@nestjs/common';
import { contentKey, DomainError } from '#kernel';
import { LIMITS, sha256Hex } from '#contracts';
import { GatewayPorts } from '../gateway-ports.js';
import { SessionGuard, type SessionRequest } from '../sessions/passport-strategies.js';

interface Stored {
  readonly sha256: string;
  readonly size: number;
}

/** Documents: streamed into the store, kept only when their hash is the one in the address. */
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
    const stored = await this.keep(request, 'documents', sha256, LIMITS.documentBytesMax);
    await this.ports.enterDocument(stored, request.user!.actor.personId);
    return stored;
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
