import { type VerifiedLog, verifierFromKey, verifyLog } from '#ledger';
import { nodeSha256 } from '#ledger/node';
import type { ApiClient } from './api-client.js';

/**
 * Reads the ledger's files and believes only what they prove: the checkpoint's signature, and every entry and tile
 * against its root. `verifierKey` comes from the tender's descriptor.
 */
export function readLedger(api: ApiClient, verifierKey: string): Promise<VerifiedLog> {
  return verifyLog({
    readFile: (path) => api.get(`/ledger/${path}`),
    verifiers: [verifierFromKey(verifierKey)],
    sha256: nodeSha256,
  });
}
