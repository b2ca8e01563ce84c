import { withdrawBid as withdrawal } from '#contracts';
import { withdrawManifest } from '#sealing';
import { sign } from '../../client/identity.js';
import { predecessorOf, readOwnBid } from '../../client/own-bid.js';
import { out } from '../command.js';
import { connect, openIdentity, required } from '../connection.js';
import { type BidValues, descriptorOf, single, wallClock } from './bid-values.js';

export async function withdrawBid(values: BidValues): Promise<number> {
  const given = single(values);
  const tenderId = required(given, 'tender');
  const identity = await openIdentity(given);
  const api = await connect(given);
  const last = predecessorOf(await readOwnBid(api, tenderId));
  const descriptor = await descriptorOf(api, tenderId);
  const previous = last.digestOf(descriptor.envelopes[0]!);
  if (previous === null) throw new Error('there is no bid of yours to take back');
  const manifest = withdrawManifest({
    descriptor,
    bidderCertSha256: identity.certificateSha256,
    seq: last.seq + 1,
    previousManifestSha256: previous,
    clientTime: wallClock(),
  });
  const jws = await sign(identity, manifest, 'sunseal-manifest');
  const { receivedAt } = await api.call(withdrawal, { tenderId, manifest: jws });
  out(`the bid was taken back at ${receivedAt}; it stays sealed`);
  return 0;
}
