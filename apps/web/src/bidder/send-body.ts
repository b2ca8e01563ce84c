import { DetailedError, Upload } from 'tus-js-client';
import { request } from '../api/call.js';
import { Problem } from '../api/problem.js';

const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000];

export interface BodyToSend {
  readonly tenderId: string;
  readonly sha256: string;
  readonly file: File;
  readonly onProgress: (done: number) => void;
}

/**
 * Sends a sealed envelope by tus 1.0, from where the platform durably has it: a cut connection, a reload or another
 * day goes on there. Resolves when the vault has accepted it. Throws {@link Problem}.
 */
export async function sendBody({ tenderId, sha256, file, onProgress }: BodyToSend): Promise<void> {
  const { headers } = await request(`/api/v1/tenders/${tenderId}/envelopes`, {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': String(file.size),
      'upload-metadata': `sha256 ${btoa(sha256)}`,
    },
  });
  if (headers.get('upload-offset') === String(file.size)) return onProgress(1);
  await new Promise<void>((resolve, reject) => {
    new Upload(file, {
      uploadUrl: new URL(headers.get('location')!, location.href).href,
      storeFingerprintForResuming: false,
      retryDelays: PAUSES_MS,
      onShouldRetry: ({ originalResponse }: DetailedError) =>
        !originalResponse || [409, 423, 500, 502, 503, 504].includes(originalResponse.getStatus()),
      onProgress: (sent, of) => onProgress(sent / of),
      onSuccess: () => resolve(),
      onError: (error) => reject(asProblem(error)),
    }).start();
  });
}

function asProblem(error: Error): Error {
  if (!(error instanceof DetailedError) || !error.originalResponse) {
    return new Problem('network.unreachable', error.message, 0, true, null, {});
  }
  try {
    const body = JSON.parse(error.originalResponse.getBody()) as { code: string; detail: string };
    return new Problem(body.code, body.detail, error.originalResponse.getStatus(), false, null, {});
  } catch {
    return error;
  }
}
