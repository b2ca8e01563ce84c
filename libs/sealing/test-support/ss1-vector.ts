import { toHex } from '#kernel';
import {
  combineShares,
  manifestDigest,
  type Manifest,
  tenderDigest,
  trusteeStatement,
  withdrawManifest,
} from '#sealing';
import { dealPoints, dealtSecret, proveDeal, randomPolynomial } from '../src/deal.js';
import { envelopeKey } from '../src/envelope-key.js';
import { encodePoint, encodeScalar, H } from '../src/group.js';
import { manifestContext } from '../src/manifest.js';
import { allShares, AT, CLOSE, committeeOf, sha256Hex, TENDER } from './committee.js';
import { randomStream } from './random-stream.js';

/** Seeds of the streams: one for each step, so that a step can be repeated alone. */
export const SEEDS = {
  trusteeKeys: 'sunseal/1 vector trustee keys',
  statements: 'sunseal/1 vector statements',
  polynomial: 'sunseal/1 vector polynomial',
  dealProofs: 'sunseal/1 vector deal proofs',
  shareProofs: 'sunseal/1 vector share proofs',
} as const;

/** An age file is random in itself: the vector stands on this hash and size instead of a file. */
const AGE = { sha256: sha256Hex('sunseal/1 vector age file'), size: 65_952 } as const;

/** Every step of SS1 for 3 of 5 trustees, from the seeds alone. */
export async function ss1Vector() {
  const committee = committeeOf(5, 3, randomStream(SEEDS.trusteeKeys));
  const { descriptor, keys } = committee;
  const statementStream = randomStream(SEEDS.statements);
  const statements = keys.map((key, at) =>
    trusteeStatement({
      tenderId: TENDER,
      trusteeCertSha256: sha256Hex(`trustee ${at + 1}`),
      key,
      createdAt: AT,
      random: statementStream,
    }),
  );
  const tid = tenderDigest(descriptor);
  const polynomial = randomPolynomial(descriptor.k, randomStream(SEEDS.polynomial));
  const points = dealPoints(descriptor, polynomial);
  const secret = dealtSecret(polynomial);
  const unproven = {
    v: 1,
    suite: 'SS1',
    kind: 'seal',
    tid: toHex(tid),
    bidderCertSha256: sha256Hex('bidder'),
    seq: 2,
    prev: sha256Hex('previous manifest'),
    envelopeId: 'price',
    ...points,
    age: AGE,
    clientTime: AT,
  } as const;
  const context = manifestContext(unproven);
  const proofs = proveDeal(descriptor, context, points, polynomial, randomStream(SEEDS.dealProofs));
  const manifest: Manifest = { ...unproven, proofs };
  const shares = allShares(committee, manifest, randomStream(SEEDS.shareProofs));
  const withdrawal = withdrawManifest({
    descriptor,
    bidderCertSha256: sha256Hex('bidder'),
    seq: 3,
    previousManifestSha256: toHex(manifestDigest(manifest)),
    clientTime: AT,
  });
  return {
    source: 'derived from the seeds as vectors/README.md says',
    seeds: SEEDS,
    randomStart: Object.fromEntries(
      Object.values(SEEDS).map((seed) => [seed, toHex(randomStream(seed)(64))]),
    ),
    H: encodePoint(H),
    trusteeSecretKeys: keys.map(({ secretKey }) => toHex(secretKey)),
    statements,
    descriptor,
    tid: toHex(tid),
    polynomial: polynomial.map(encodeScalar),
    S: encodePoint(secret),
    ...(await envelopeKey(secret, tid)),
    context: toHex(context),
    manifest,
    manifestSha256: toHex(manifestDigest(manifest)),
    withdrawal,
    withdrawalSha256: toHex(manifestDigest(withdrawal)),
    closeEntrySha256: CLOSE,
    shares,
    combined: combineShares({ descriptor, manifest, closeEntrySha256: CLOSE, shares: shares.slice(1, 4) }),
  };
}
