import { randomBytes, webcrypto } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, instantFromMs, toHex } from '#kernel';
import type { RequestContract } from '#contracts';
import {
  certificateSha256,
  createCertificateRequest,
  createKeyPair,
  importPrivateKey,
  issueCertificate,
  signJson,
} from '#pki';
import { sealEnvelope } from '#sealing';
import type { ApiClient } from '../../../apps/cli/src/client/api-client.js';
import type { SigningIdentity } from '../../../apps/cli/src/client/identity.js';
import { Trustee } from '../../../apps/cli/src/client/trustee.js';
import type { ClientAnswer, ClientNews, ClientWork, OpenWork, SealWork } from './client-work.js';

/**
 * A process of its own for what bidders and trustees do on their machines, so that neither their time nor their memory
 * counts as the vault's. It asks its parent, as the programs of bidders and trustees ask the gateway.
 */
const random = (length: number): Uint8Array => webcrypto.getRandomValues(new Uint8Array(length));
const tell = (news: ClientNews): boolean => process.send!(news);

const waiting = new Map<number, (answer: ClientAnswer) => void>();
let waitedMs = 0;

async function ask(news: { type: 'ask'; subject: string; body: unknown } | { type: 'read'; path: string }) {
  const id = waiting.size === 0 ? 1 : Math.max(...waiting.keys()) + 1;
  const startedAt = performance.now();
  const answer = await new Promise<ClientAnswer>((resolve) => {
    waiting.set(id, resolve);
    tell({ ...news, id });
  });
  waiting.delete(id);
  waitedMs += performance.now() - startedAt;
  if ('error' in answer) throw new Error(answer.error);
  return answer.value;
}

const api = {
  call: ({ subject }: RequestContract, body: unknown) => ask({ type: 'ask', subject, body }),
  get: (path: string) => ask({ type: 'read', path }),
} as unknown as ApiClient;

async function certify({ authorityCertificateFile, authorityKeyFile }: SealWork) {
  const keys = await createKeyPair();
  const now = instantFromMs(Date.now());
  const commonName = `Bidder ${toHex(randomBytes(4))}`;
  const authority = {
    certificatePem: readFileSync(authorityCertificateFile, 'utf8'),
    privateKey: await importPrivateKey(readFileSync(authorityKeyFile, 'utf8')),
  };
  const certificatePem = await issueCertificate({
    authority,
    requestPem: await createCertificateRequest({ keys, commonName }),
    subject: { commonName, organisation: commonName, kind: 'organisation' },
    validFrom: addDays(now, -1),
    validTo: addDays(now, 30),
    serial: `00${toHex(randomBytes(15))}`,
  });
  const sha256 = await certificateSha256(certificatePem);
  return { certificatePem, sha256, privateKey: keys.privateKey };
}

async function sealBids(work: SealWork): Promise<void> {
  const { descriptor, folder } = work;
  for (let n = 0; n < work.count; n++) {
    const signer = await certify(work);
    const manifests = [];
    const bodies = [];
    for (const envelopeId of descriptor.envelopes) {
      const { manifest, ciphertext } = await sealEnvelope({
        descriptor,
        bidderCertSha256: signer.sha256,
        seq: 1,
        previousManifestSha256: null,
        envelopeId,
        parts: [{ name: 'offer.bin', mediaType: 'application/octet-stream', bytes: random(60_000) }],
        clientTime: instantFromMs(Date.now()),
        random,
      });
      const file = join(folder, manifest.age.sha256);
      writeFileSync(file, ciphertext);
      bodies.push({ file, ...manifest.age });
      manifests.push(await signJson(manifest, { ...signer, typ: 'sunseal-manifest' }));
    }
    tell({ type: 'sealed', certificateSha256: signer.sha256, manifests, bodies });
  }
}

/** To open signs nothing: the trustee is known by being signed in. The trustee's clock is put forward as the database's is. */
const NO_IDENTITY = {} as SigningIdentity;

async function open({ tenderId, key }: OpenWork): Promise<void> {
  const now = addDays(instantFromMs(Date.now()), 1);
  await new Trustee(api, NO_IDENTITY, tenderId, key).open('technical', { now });
}

async function run(work: ClientWork): Promise<void> {
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  await (work.type === 'seal' ? sealBids(work) : open(work));
  const { user, system } = process.cpuUsage(cpuBefore);
  const wallMs = performance.now() - startedAt;
  tell({ type: 'done', wallMs, waitedMs, cpuMs: (user + system) / 1_000 });
  process.disconnect();
}

process.on('message', (message: ClientWork | ClientAnswer) => {
  if ('id' in message) waiting.get(message.id)!(message);
  else void run(message);
});
