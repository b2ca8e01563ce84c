import { type VerifiedLog, verifierFromKey, verifyLog } from '#ledger';
import type { PlatformReader } from '../platform-reader.js';

/**
 * Reads the ledger's files and believes only what they prove: the checkpoint's signature, and every entry and tile
 * against its root. `verifierKey` comes from the tender's descriptor.
 */
export function readLedger(reader: PlatformReader, verifierKey: string): Promise<VerifiedLog> {
  return verifyLog({
    readFile: (path) => reader.readLedgerFile(path),
    verifiers: [verifierFromKey(verifierKey)],
    ...(reader.sha256 ? { sha256: reader.sha256 } : {}),
  });
}
