import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDomainError } from '#kernel';
import { type ErrorCode, errorEntry, isErrorCode } from '#contracts';
import { databaseRefusal } from '#database';
import type { Log } from '#service';

/** What Fastify and Nest refuse by themselves, in our words. */
const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'request.malformed',
  404: 'route.unknown',
  405: 'route.unknown',
  413: 'request.too-large',
  415: 'request.media-type-wrong',
};

/** Every refusal leaves as problem+json (RFC 9457) with its code and the id under which the log knows it. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const correlationId = correlationOf(request);
    const { code, message, details } = asRefusal(databaseRefusal(exception) ?? exception);
    const { status, title, retry } = errorEntry(code);
    if (status >= 500)
      this.log.error({ correlationId, code, error: exception, url: request.url }, 'request failed');
    void reply
      .status(status)
      .headers({ 'content-type': 'application/problem+json', ...(retry ? { 'retry-after': '1' } : {}) })
      .send(
        JSON.stringify({
          type: `urn:sunseal:${code}`,
          title,
          status,
          code,
          detail: message,
          retry,
          correlationId,
          details,
        }),
      );
  }
}

/** One id for a request through all services: the caller's, or a new one. */
export function correlationOf(request: FastifyRequest): string {
  const given = request.headers['x-correlation-id'];
  if (typeof given === 'string' && /^[\w-]{8,64}$/.test(given)) return given;
  const made = randomUUID();
  request.headers['x-correlation-id'] = made;
  return made;
}

function asRefusal(exception: unknown): {
  code: ErrorCode;
  message: string;
  details: Record<string, unknown>;
} {
  if (isDomainError(exception) && isErrorCode(exception.code)) {
    return { code: exception.code, message: exception.message, details: { ...exception.details } };
  }
  const status = exception instanceof HttpException ? exception.getStatus() : statusOf(exception);
  const code = BY_STATUS[status];
  if (!code) return { code: 'internal.error', message: 'Something went wrong on our side.', details: {} };
  const message = exception instanceof Error ? exception.message : 'The request could not be read.';
  return { code, message, details: {} };
}

function statusOf(exception: unknown): number {
  const { statusCode } = (exception ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : 500;
}
