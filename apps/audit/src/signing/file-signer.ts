import { readFileSync } from 'node:fs';
import { signerFromKey } from '#ledger';
import type { LedgerSigner } from '../use-cases/signer.port.js';

/** The key lies in a file as Go's sumdb/note writes it. Refuses another text with `note.key-malformed`. */
export function fileSigner(path: string): LedgerSigner {
  const signer = signerFromKey(readFileSync(path, 'utf8').trim());
  return { name: signer.name, verifier: signer.verifier, sign: async (text) => signer.sign(text) };
}
