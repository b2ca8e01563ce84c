import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createVerifier, signerKeyOf } from '#ledger';
import type { LedgerSigner } from '../use-cases/signer.port.js';
import { fileSigner } from './file-signer.js';
import { programSigner } from './program-signer.js';

const ORIGIN = 'ledger.example/signed';
const folder = mkdtempSync(join(tmpdir(), 'sunseal-signers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o700);
  return path;
}

function withFile(): LedgerSigner {
  const path = join(folder, 'ledger.key');
  writeFileSync(path, `${signerKeyOf(ORIGIN, new Uint8Array(32).fill(5))}\n`);
  return fileSigner(path);
}

const pair = generateKeyPairSync('ed25519');
const publicKey = new Uint8Array(
  createPublicKey(pair.privateKey).export({ format: 'der', type: 'spki' }).subarray(-32),
);
const verifierKey = createVerifier(ORIGIN, publicKey).verifierKey;

/** OpenSSL holds the key in PKCS#8: a program that is not ours. */
function withOpenssl(): LedgerSigner {
  const key = join(folder, 'key.pem');
  writeFileSync(key, pair.privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  const program = script(
    'sign-with-openssl',
    `text=$(mktemp) && trap 'rm -f "$text"' EXIT && cat > "$text" && openssl pkeyutl -sign -rawin -inkey '${key}' -in "$text"`,
  );
  execFileSync('openssl', ['version']);
  return programSigner([program], verifierKey);
}

describe.each([
  ['a file', withFile],
  ['another program', withOpenssl],
])('a signer whose key lies with %s', (_, make) => {
  const signer = make();

  it('signs under its name and key what its verifier verifies', async () => {
    const text = `${ORIGIN}\n1\nAAAA\n`;
    const { name, keyId, signature } = await signer.sign(text);
    expect({ name, keyId }).toEqual({ name: signer.verifier.name, keyId: signer.verifier.keyId });
    expect(signer.name).toBe(ORIGIN);
    expect(signer.verifier.verify(text, signature)).toBe(true);
    expect(signer.verifier.verify(`${text}x`, signature)).toBe(false);
  });

  it('signs the same text the same way again, and many at once', async () => {
    const texts = ['a\n', 'b\n', 'a\n', '中\n'];
    const signatures = await Promise.all(texts.map((text) => signer.sign(text)));
    expect(signatures[0]!.signature).toEqual(signatures[2]!.signature);
    texts.forEach((text, i) => expect(signer.verifier.verify(text, signatures[i]!.signature)).toBe(true));
  });
});

describe('a program that holds the key', () => {
  const unavailable = expect.objectContaining({ code: 'ledger.signer-unavailable' });

  it.each([
    ['is missing', [join(folder, 'nowhere')]],
    ['fails', [script('fails', 'exit 3')]],
    ['says nothing', [script('silent', 'cat > /dev/null')]],
    ['says too much', [script('talks', 'cat > /dev/null; head -c 100000 /dev/zero')]],
    ['signs something else', [script('other', 'cat > /dev/null; head -c 64 /dev/zero')]],
  ])('and %s is not believed', async (_, command) => {
    await expect(programSigner(command, verifierKey).sign('text\n')).rejects.toEqual(unavailable);
  });

  it('must be one of the key that is named', () => {
    expect(() => programSigner(['true'], 'ledger+00000000+AAAA')).toThrow(
      expect.objectContaining({ code: 'note.key-malformed' }),
    );
  });
});
