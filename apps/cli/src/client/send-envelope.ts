import { readFile } from 'node:fs/promises';
import type { ApiClient } from './api-client.js';

export interface EnvelopeToSend {
  readonly api: ApiClient;
  readonly tenderId: string;
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  readonly onProgress?: (sent: number, of: number) => void;
}

/** Sends the body of an envelope that a manifest commits to. */
export async function sendEnvelope({ api, tenderId, path, size, onProgress }: EnvelopeToSend): Promise<void> {
  await api.upload(`/api/v1/tenders/${tenderId}/envelopes`, await readFile(path));
  onProgress?.(size, size);
}
