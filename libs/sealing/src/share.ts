import { fromHex, toBase64Url, toHex } from '#kernel';
import { tenderDigest, type TenderDescriptor } from './descriptor.js';
import { type Equality, holdsEquality, type Proof, proveEquality } from './dleq.js';
import {
  decodePoint,
  encodePoint,
  G_KNOWN,
  invert,
  known,
  type KnownPoint,
  type RandomBytes,
  readPoint,
  times,
} from './group.js';
import { uint32 } from './framing.js';
import { checkManifest, type Manifest, manifestDigest } from './manifest.js';
import { refusal } from './refuse.js';
import { trusteePoint } from './trustee-point.js';
import { secretScalar, type TrusteeKey } from './trustee.js';

/** S_i = x_i⁻¹·Y_i with the proof that it is the share that was dealt. */
export interface Share {
  readonly i: number;
  readonly share: string;
  readonly proof: Proof;
}

export interface ShareParts {
  readonly descriptor: TenderDescriptor;
  readonly manifest: Manifest;
  /** Hex SHA-256 of the close record: a share is worth nothing for another opening. */
  readonly closeEntrySha256: string;
}

const LABEL = 'sunseal/1 open';

/**
 * A trustee's share of one envelope. Verifies the whole deal again first, so that a trustee never opens what intake
 * should have refused. Throws as `checkManifest`, and `descriptor.invalid` where the key is not this trustee's.
 */
export function openShare(
  parts: ShareParts & {
    readonly trusteeIndex: number;
    readonly key: TrusteeKey;
    readonly random: RandomBytes;
  },
): Share {
  const { descriptor, manifest, trusteeIndex: i, key, random } = parts;
  checkManifest(descriptor, manifest);
  if (descriptor.trustees[i - 1]?.publicKey !== toBase64Url(key.publicKey)) {
    throw refusal('descriptor.invalid', `The key is not that of trustee ${i} of this tender.`);
  }
  const x = secretScalar(key);
  const share = times(decodePoint(manifest.Y[i - 1]), invert(x));
  const proof = proveEquality(equality(parts, i, known(share)), x, random);
  return { i, share: encodePoint(share), proof };
}

/**
 * Anyone can check a share, without secrets. Throws `manifest.other-tender` where the descriptor is not the one that
 * the envelope was sealed to, `share.malformed`, `share.proof-invalid` naming the trustee.
 */
export function verifyShare({ share, ...parts }: ShareParts & { readonly share: Share }): void {
  if (parts.manifest.tid !== toHex(tenderDigest(parts.descriptor)))
    throw refusal('manifest.other-tender', 'The envelope was sealed to another tender.');
  if (!isShare(share) || share.i > parts.descriptor.n)
    throw refusal('share.malformed', 'This is not a share of this tender.');
  const point = readPoint(share.share);
  if (!holdsEquality(equality(parts, share.i, point), share.proof)) {
    throw refusal('share.proof-invalid', `The share of trustee ${share.i} is not what was dealt.`, {
      trustee: share.i,
    });
  }
}

function isShare(share: Share): boolean {
  if (typeof share !== 'object' || share === null || Object.keys(share).sort().join() !== 'i,proof,share')
    return false;
  const { i, proof } = share;
  const isProof = typeof proof === 'object' && proof !== null && Object.keys(proof).sort().join() === 'c,z';
  return Number.isSafeInteger(i) && i >= 1 && isProof;
}

/** log_G P_i = log_{S_i} Y_i, bound to tender, manifest and close record. */
function equality(
  { descriptor, manifest, closeEntrySha256 }: ShareParts,
  i: number,
  share: KnownPoint,
): Equality {
  return {
    label: LABEL,
    context: [fromHex(manifest.tid), manifestDigest(manifest), fromHex(closeEntrySha256), uint32(i)],
    g: G_KNOWN,
    a: trusteePoint(descriptor.trustees[i - 1]!.publicKey),
    h: share,
    b: readPoint(manifest.Y[i - 1]),
  };
}
