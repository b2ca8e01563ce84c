import { createHash, generateKeyPairSync, sign, verify, X509Certificate } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The least that taking a signed commitment can be, in one process on this machine: the body read, its signatures
 * verified, its bytes in one synced file (all that wait share one wait for the disk), a signed promise answered. No
 * session, no tender, no deadline, no ledger. Says its port on stdout.
 */
const path = join(tmpdir(), `sunseal-raw-commit-${process.pid}`);
const file = await open(path, 'w');
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

let waiting: { readonly bytes: Buffer; readonly done: () => void }[] = [];
let isWriting = false;

async function writeAll(): Promise<void> {
  if (isWriting) return;
  isWriting = true;
  while (waiting.length > 0) {
    const group = waiting;
    waiting = [];
    await file.writeFile(Buffer.concat(group.map(({ bytes }) => bytes)));
    await file.datasync();
    for (const { done } of group) done();
  }
  isWriting = false;
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function requireSigned(jws: string): void {
  const [header, payload, signature] = jws.split('.') as [string, string, string];
  const { x5c } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { x5c: [string] };
  const { publicKey } = new X509Certificate(Buffer.from(x5c[0], 'base64'));
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' as const };
  const text = Buffer.from(`${header}.${payload}`);
  if (!verify('sha256', text, key, Buffer.from(signature, 'base64url')))
    throw new Error('a signature is wrong');
}

const server = createServer((request, response) => {
  void (async () => {
    const bytes = await bytesOf(request);
    const { manifests } = JSON.parse(bytes.toString()) as { manifests: string[] };
    manifests.forEach(requireSigned);
    await new Promise<void>((done) => {
      waiting.push({ bytes, done });
      void writeAll();
    });
    const sealed = createHash('sha256').update(bytes).digest('hex');
    const promise = sign('sha256', bytes, privateKey).toString('base64url');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ reveal: { sealed }, promise }));
  })();
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.once('SIGTERM', () => {
  unlinkSync(path);
  process.exit(0);
});
