import { createReadStream, type ReadStream } from 'node:fs';
import { DetailedError, type HttpResponse, Upload } from 'tus-js-client';
import { DomainError } from '#kernel';
import type { ApiClient } from './api-client.js';

interface EnvelopeToSend {
  readonly api: ApiClient;
  readonly tenderId: string;
  /** Lower-case hex of the whole. */
  readonly sha256: string;
  /** Bytes of the whole. */
  readonly size: number;
  /** Bytes sent so far, of all. */
  readonly onProgress?: (sent: number, size: number) => void;
}

/** The bytes, or the file that holds them, which is read as it is sent. */
export type EnvelopeSource =
  { readonly bytes: Uint8Array; readonly path?: never } | { readonly path: string; readonly bytes?: never };

const PAUSE_MS = 250;
const TRY_AGAIN_STATUS = new Set([423, 500, 502, 503, 504]);
/** The platform let go of what was sent: it expired, or was ended. */
const GONE_STATUS = new Set([404, 410]);

/**
 * Sends the body of a sealed envelope by tus 1.0. A connection that breaks is taken up where the platform says that it
 * has durably received; the same call in another process goes on there too. Resolves when the platform has the whole
 * and the vault has accepted it. Throws the DomainError that the platform named: `envelope.not-committed`, `bid.late`,
 * `object.hash-mismatch` …
 */
export async function sendEnvelope(envelope: EnvelopeToSend & EnvelopeSource): Promise<void> {
  try {
    await sendOnce(envelope);
  } catch (error) {
    // A look has no words: to ask for the upload anew says why, or begins another.
    if (!(error instanceof LostUpload)) throw error;
    await sendOnce(envelope);
  }
}

async function sendOnce(envelope: EnvelopeToSend & EnvelopeSource): Promise<void> {
  const { api, tenderId, sha256, size, onProgress } = envelope;
  const headers = await api.ask('POST', `/api/v1/tenders/${tenderId}/envelopes`, {
    'tus-resumable': '1.0.0',
    'upload-length': String(size),
    'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
  });
  if (headers.get('upload-offset') === String(size)) {
    onProgress?.(size, size);
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(sourceOf(envelope) as never, {
      uploadUrl: new URL(headers.get('location')!, api.address).href,
      headers: { ...api.sessionHeaders() },
      uploadSize: size,
      storeFingerprintForResuming: false,
      fingerprint: async () => sha256,
      retryDelays: Array.from({ length: Math.ceil(api.patienceMs / PAUSE_MS) }, () => PAUSE_MS),
      onShouldRetry: mayGoOn,
      ...(onProgress ? { onProgress } : {}),
      onSuccess: () => resolve(),
      onError: (error) => reject(refusalOf(error)),
    });
    upload.start();
  });
}

function sourceOf({ bytes, path }: EnvelopeSource): Buffer | ReadStream {
  if (bytes) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Only its name is used: each request reads the file anew from where it goes on.
  return createReadStream(path)
    .on('error', () => undefined)
    .destroy();
}

class LostUpload extends Error {}

function mayGoOn({ originalResponse: response }: DetailedError): boolean {
  if (!response || TRY_AGAIN_STATUS.has(response.getStatus())) return true;
  return problemOf(response)?.code === 'upload.offset-wrong';
}

function refusalOf(error: Error): Error {
  if (!(error instanceof DetailedError) || !error.originalResponse) return error;
  const { originalRequest: request, originalResponse: response } = error;
  if (request.getMethod() === 'HEAD' || GONE_STATUS.has(response.getStatus())) {
    return new LostUpload(error.message, { cause: error });
  }
  return problemOf(response) ?? error;
}

function problemOf(response: HttpResponse): DomainError | undefined {
  try {
    const { code, detail } = JSON.parse(response.getBody()) as { code: string; detail: string };
    return new DomainError(code, detail);
  } catch {
    return undefined;
  }
}
