import { randomBytes } from 'node:crypto';
import { submitBid } from '#contracts';
import { sealEnvelope } from '#sealing';
import { nodeAgeEngine } from '#sealing/node';
import type { Bidder } from '../../apps/cli/src/client/bidder.js';
import { sign } from '../../apps/cli/src/client/identity.js';
import { predecessorOf, readOwnBid } from '../../apps/cli/src/client/own-bid.js';
import { random } from '../../apps/cli/src/client/random.js';

/**
 * A bidder commits to these very bytes as the body of the technical envelope: the deal is a right one, and the bytes
 * are what the test wants to send, which no trustee could open.
 */
export async function commitTo(bidder: Bidder, tenderId: string, bytes: Uint8Array): Promise<void> {
  const { api, identity } = bidder;
  const descriptor = await bidder.descriptor();
  const last = predecessorOf(await readOwnBid(api, tenderId));
  const manifests: string[] = [];
  for (const envelopeId of descriptor.envelopes) {
    const body = envelopeId === 'technical' ? bytes : randomBytes(64);
    const { manifest } = await sealEnvelope({
      descriptor,
      bidderCertSha256: identity.certificateSha256,
      seq: last.seq + 1,
      previousManifestSha256: last.digestOf(envelopeId),
      envelopeId,
      parts: [],
      clientTime: '2026-11-24T00:00:00.000Z',
      random,
      engine: { ...nodeAgeEngine, encrypt: () => only(body) },
    });
    manifests.push(await sign(identity, manifest, 'sunseal-manifest'));
  }
  await api.call(submitBid, { tenderId, manifests });
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
