import { ERRORS } from '@tus/server';
import { DomainError, isDomainError } from '#kernel';
import type { ErrorCode } from '#contracts';

/** What @tus/server refuses by itself, in our words. */
const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'request.malformed',
  403: 'request.malformed',
  404: 'upload.unknown',
  409: 'upload.offset-wrong',
  410: 'upload.expired',
  413: 'request.too-large',
  501: 'request.malformed',
};

const BUSY: readonly unknown[] = [ERRORS.ABORTED, ERRORS.ERR_LOCK_TIMEOUT];

/** The refusal to answer with; an error that is none comes back as it is. */
export function tusRefusal(error: unknown): unknown {
  if (isDomainError(error)) return error;
  if (BUSY.includes(error)) {
    return new DomainError<ErrorCode>(
      'upload.busy',
      'Another request took this upload over; look and go on.',
    );
  }
  const { status_code: status, body } = (error ?? {}) as { status_code?: number; body?: string };
  const code = status === undefined ? undefined : BY_STATUS[status];
  return code ? new DomainError<ErrorCode>(code, String(body).trim()) : error;
}
