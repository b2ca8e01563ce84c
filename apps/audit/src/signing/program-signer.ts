import { spawn } from 'node:child_process';
import { DomainError, utf8 } from '#kernel';
import type { LedgerErrorCode } from '#contracts';
import { verifierFromKey } from '#ledger';
import type { LedgerSigner } from '../use-cases/signer.port.js';

/** How long a signature may take, in milliseconds. */
const SIGNATURE_MS_MAX = 5_000;

const SIGNATURE_BYTES = 64;

/**
 * The key lies with another program, which reaches a security module, a card or a service of its own: run once for
 * each signature, it reads the text on its standard input and writes the 64 bytes of an Ed25519 signature. The verifier
 * key is known beforehand, and a signature that does not verify with it does not leave. Refuses another verifier key
 * with `note.key-malformed`.
 */
export function programSigner(command: readonly string[], verifierKey: string): LedgerSigner {
  const verifier = verifierFromKey(verifierKey);
  return {
    name: verifier.name,
    verifier,
    sign: async (text) => {
      const signature = await run(command, utf8(text));
      if (!verifier.verify(text, signature))
        throw unavailable('its answer is no signature of the ledger’s key');
      return { name: verifier.name, keyId: verifier.keyId, signature };
    },
  };
}

const unavailable = (reason: string): DomainError<LedgerErrorCode> =>
  new DomainError('ledger.signer-unavailable', `The program that holds the ledger’s key: ${reason}.`);

function run([program, ...args]: readonly string[], input: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const child = spawn(program ?? '', args, {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: SIGNATURE_MS_MAX,
    });
    const chunks: Buffer[] = [];
    child.once('error', () => reject(unavailable('it cannot be started')));
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (chunks.reduce((sum, { length }) => sum + length, 0) > SIGNATURE_BYTES) child.kill('SIGKILL');
    });
    // One that ends without reading says so by its code.
    child.stdin.once('error', () => undefined);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(new Uint8Array(Buffer.concat(chunks)));
      else reject(unavailable(signal ? `it was ended by ${signal}` : `it ended with ${code}`));
    });
    child.stdin.end(input);
  });
}
