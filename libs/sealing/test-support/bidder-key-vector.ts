import { toHex } from '#kernel';
import {
  bidderKeyRelease,
  type Manifest,
  manifestDigest,
  tenderDigest,
  type TenderDescriptor,
} from '#sealing';
import { dealPoints, proveDeal, randomPolynomial } from '../src/deal.js';
import { createOwnKey } from '../src/envelope-key.js';
import { manifestContext } from '../src/manifest.js';
import { AT, committeeOf, sha256Hex } from './committee.js';
import { randomStream } from './random-stream.js';
import { SEEDS } from './ss1-vector.js';

/** The seed of the bidder's own key; all others are those of `ss1.json`. */
export const BIDDER_KEY_SEED = 'sunseal/1 vector bidder key';

/** As the vector of SS1, in a tender that asks for the bidder's own key: what is different there, and the release. */
export async function bidderKeyVector() {
  const committee = committeeOf(5, 3, randomStream(SEEDS.trusteeKeys));
  const descriptor: TenderDescriptor = {
    ...committee.descriptor,
    rules: { ...committee.descriptor.rules, bidderKey: true, bidderKeyHours: 24 },
  };
  const tid = toHex(tenderDigest(descriptor));
  const { identity, recipient } = await createOwnKey(randomStream(BIDDER_KEY_SEED));
  const polynomial = randomPolynomial(descriptor.k, randomStream(SEEDS.polynomial));
  const points = dealPoints(descriptor, polynomial);
  const unproven = {
    v: 1,
    suite: 'SS1',
    kind: 'seal',
    tid,
    bidderCertSha256: sha256Hex('bidder'),
    seq: 2,
    prev: sha256Hex('previous manifest'),
    envelopeId: 'price',
    ...points,
    age: { sha256: sha256Hex('sunseal/1 vector age file'), size: 65_952 },
    clientTime: AT,
    bidderKey: recipient,
  } as const;
  const context = manifestContext(unproven);
  const proofs = proveDeal(descriptor, context, points, polynomial, randomStream(SEEDS.dealProofs));
  const manifest: Manifest = { ...unproven, proofs };
  return {
    source: 'derived from the seeds as vectors/README.md says',
    seed: BIDDER_KEY_SEED,
    descriptor,
    tid,
    identity,
    recipient,
    context: toHex(context),
    manifest,
    manifestSha256: toHex(manifestDigest(manifest)),
    release: bidderKeyRelease(manifest, { identity, clientTime: AT }),
  };
}
