import { isInstant, toHex } from '#kernel';
import { recipientOf } from './envelope-key.js';
import { hasExactly, isSha256Hex } from './exact-shape.js';
import { type Manifest, manifestDigest } from './manifest.js';
import { SUITE } from './descriptor.js';
import { refusal } from './refuse.js';

/** What a bidder signs at the opening: the key that the own manifest names, for this one envelope. */
export interface BidderKeyRelease {
  readonly v: 1;
  readonly suite: 'SS1';
  readonly kind: 'release';
  /** Hex of the tender's digest. */
  readonly tid: string;
  /** Digest of the manifest that names the key. */
  readonly manifestSha256: string;
  /** `AGE-SECRET-KEY-1…` */
  readonly identity: string;
  readonly clientTime: string;
}

const MEMBERS: readonly (keyof BidderKeyRelease)[] = [
  'v',
  'suite',
  'kind',
  'tid',
  'manifestSha256',
  'identity',
  'clientTime',
];

/** To be signed by the bidder. From when it is handed in, the committee's quorum can open the envelope. */
export const bidderKeyRelease = (
  manifest: Manifest,
  { identity, clientTime }: Pick<BidderKeyRelease, 'identity' | 'clientTime'>,
): BidderKeyRelease => ({
  v: 1,
  suite: SUITE,
  kind: 'release',
  tid: manifest.tid,
  manifestSha256: toHex(manifestDigest(manifest)),
  identity,
  clientTime,
});

/**
 * The release is for this manifest, and its identity is the one whose recipient the manifest names: there is no other
 * key that a bidder could give. Throws `suite.unknown`, `bidder-key.malformed`, `bidder-key.other-envelope`,
 * `bidder-key.wrong`.
 */
export async function checkBidderKeyRelease(manifest: Manifest, release: BidderKeyRelease): Promise<void> {
  const malformed = (message: string) =>
    refusal('bidder-key.malformed', `The release of the bidder’s key is malformed: ${message}.`);
  if (!hasExactly(release, MEMBERS)) throw malformed('it has other members than it must');
  const { v, suite, kind, tid, manifestSha256, identity, clientTime } = release;
  if (v !== 1 || suite !== SUITE) throw refusal('suite.unknown', 'The release’s suite is not known here.');
  if (kind !== 'release' || !isSha256Hex(tid) || !isSha256Hex(manifestSha256))
    throw malformed('kind or hashes are not in their form');
  if (typeof clientTime !== 'string' || !isInstant(clientTime)) throw malformed('clientTime is no instant');
  if (tid !== manifest.tid || manifestSha256 !== toHex(manifestDigest(manifest))) {
    throw refusal('bidder-key.other-envelope', 'The key is released for another envelope or version.');
  }
  const recipient = await recipientOf(identity);
  if (recipient === null || recipient !== manifest.bidderKey) {
    throw refusal('bidder-key.wrong', 'This is not the key that the manifest names.');
  }
}
