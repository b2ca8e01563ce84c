import {
  Controller,
  Delete,
  Head,
  type OnModuleDestroy,
  Options,
  Param,
  Patch,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { Server } from '@tus/server';
import type { FastifyReply } from 'fastify';
import { DomainError } from '#kernel';
import { LIMITS, type UploadErrorCode, uuid } from '#contracts';
import { GatewayPorts } from '../gateway-ports.js';
import { correlationOf } from '../routes/problem.filter.js';
import { SessionGuard, type SessionRequest } from '../sessions/passport-strategies.js';
import { EnvelopeStore } from './envelope-store.js';
import { dropRest, patientBody } from './patient-body.js';
import { tusRefusal } from './tus-refusal.js';
import { UploadLocker } from './upload-locker.js';

const TUS_VERSION = '1.0.0';
const MEDIA_TYPE = 'application/offset+octet-stream';
const BODY = {
  bufferBytesMax: LIMITS.uploadBufferBytesMax,
  idleMs: LIMITS.uploadIdleSecondsMax * 1_000,
  requestMs: LIMITS.uploadRequestSecondsMax * 1_000,
};
/** How long a request goes on when another to the same upload waits. */
const DRAIN_MS = 1_000;
/** How long a sender that was refused may go on sending until it has read why. */
const LINGER_MS = 5_000;
/** What of an answer of @tus/server leaves; it is not asked about other origins. */
const HEADERS = /^(?:location|cache-control|upload-[a-z]+|tus-[a-z]+)$/;
const BODY_HEADERS = ['content-type', 'content-length'];
const TUS_HEADERS = [
  'tus-resumable',
  'upload-length',
  'upload-defer-length',
  'upload-offset',
  'upload-metadata',
];

/** Bodies of sealed envelopes by tus 1.0 (https://tus.io/protocols/resumable-upload): the vault says what may come. */
@Controller('api/v1/tenders/:tenderId/envelopes')
@UseGuards(SessionGuard)
export class EnvelopeUploadController implements OnModuleDestroy {
  private readonly locker = new UploadLocker();
  private readonly running = new Set<AbortController>();

  constructor(private readonly ports: GatewayPorts) {}

  /** No stop waits for a body that may take an hour. */
  onModuleDestroy(): void {
    for (const ending of this.running) ending.abort();
  }

  @Options()
  options(@Res() reply: FastifyReply): void {
    void reply
      .status(204)
      .headers({
        'tus-resumable': TUS_VERSION,
        'tus-version': TUS_VERSION,
        'tus-max-size': LIMITS.envelopeBytesMax,
        'tus-extension': EnvelopeStore.EXTENSIONS.join(','),
      })
      .send();
  }

  @Options(':uploadId')
  optionsOfOne(@Res() reply: FastifyReply): void {
    this.options(reply);
  }

  @Post()
  create(
    @Req() request: SessionRequest,
    @Res() reply: FastifyReply,
    @Param('tenderId') tenderId: string,
  ): Promise<void> {
    return this.serve(request, reply, { tenderId });
  }

  @Head(':uploadId')
  look(
    @Req() request: SessionRequest,
    @Res() reply: FastifyReply,
    @Param() names: { tenderId: string; uploadId: string },
  ): Promise<void> {
    return this.serve(request, reply, names);
  }

  @Patch(':uploadId')
  add(
    @Req() request: SessionRequest,
    @Res() reply: FastifyReply,
    @Param() names: { tenderId: string; uploadId: string },
  ): Promise<void> {
    return this.serve(request, reply, names);
  }

  @Delete(':uploadId')
  end(
    @Req() request: SessionRequest,
    @Res() reply: FastifyReply,
    @Param() names: { tenderId: string; uploadId: string },
  ): Promise<void> {
    return this.serve(request, reply, names);
  }

  private async serve(
    request: SessionRequest,
    reply: FastifyReply,
    { tenderId, uploadId }: { readonly tenderId: string; readonly uploadId?: string },
  ): Promise<void> {
    const ending = this.watch(request, reply);
    void reply.headers({ 'tus-resumable': TUS_VERSION, 'tus-version': TUS_VERSION });
    if (request.headers['tus-resumable'] !== TUS_VERSION) {
      throw new DomainError<UploadErrorCode>('upload.protocol-wrong', `Send Tus-Resumable: ${TUS_VERSION}.`);
    }
    if (request.method === 'PATCH' && request.headers['content-type'] !== MEDIA_TYPE) {
      throw new DomainError('request.media-type-wrong', `Send the bytes as ${MEDIA_TYPE}.`);
    }
    const store = this.storeFor(request, tenderId);
    let refused: unknown;
    const server = new Server({
      path: `/api/v1/tenders/${tenderId}/envelopes`,
      relativeLocation: true,
      datastore: store,
      locker: this.locker,
      lockDrainTimeout: DRAIN_MS,
      maxSize: LIMITS.envelopeBytesMax,
      getFileIdFromRequest: () => uploadId,
      onResponseError: (_request, error) => void (refused = error),
    });
    const response = await server.handleWeb(webRequest(request, ending));
    if (refused !== undefined) throw tusRefusal(refused);
    if (!response.ok) throw tusRefusal({ status_code: response.status, body: await response.text() });
    const headers = [...response.headers].filter(([name]) => HEADERS.test(name));
    void reply.status(response.status).headers(Object.fromEntries(headers));
    if (store.createdOffset > 0) void reply.header('upload-offset', store.createdOffset);
    void reply.send();
  }

  /** Aborted when the request was answered, or the gateway stops: what came until then is kept. */
  private watch({ raw }: SessionRequest, reply: FastifyReply): AbortSignal {
    const ending = new AbortController();
    this.running.add(ending);
    reply.raw
      .once('finish', () => {
        ending.abort();
        dropRest(raw, LINGER_MS);
      })
      .once('close', () => {
        ending.abort();
        this.running.delete(ending);
      });
    return ending.signal;
  }

  private storeFor(request: SessionRequest, tenderId: string): EnvelopeStore {
    const actor = request.user?.actor;
    if (!actor) throw new DomainError('session.missing', 'Sign in to send envelopes.');
    const { organisationId } = actor;
    if (!actor.roles.includes('bidder') || !organisationId) {
      throw new DomainError('access.denied', 'Envelopes are sent by bidders.');
    }
    if (!uuid.safeParse(tenderId).success) {
      throw new DomainError('request.malformed', 'The tender id is not a UUID.');
    }
    const behalf = { actor, correlationId: correlationOf(request) };
    return new EnvelopeStore(this.ports.uploads, { tenderId, organisationId }, behalf);
  }
}

/** The request as @tus/server reads it. Only PATCH has a body: creation with bytes is not offered. */
function webRequest({ method, url, headers, raw }: SessionRequest, ending: AbortSignal): Request {
  const isPatch = method === 'PATCH';
  const names = isPatch ? [...TUS_HEADERS, ...BODY_HEADERS] : TUS_HEADERS;
  const passed = names.flatMap((name): [string, string][] => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return new Request(new URL(url, 'http://gateway'), {
    method,
    headers: passed,
    ...(isPatch ? { body: patientBody(raw, BODY, ending), duplex: 'half' } : {}),
  } as RequestInit);
}
