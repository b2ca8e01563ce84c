import { tenderDigest } from './descriptor.js';
import { identityFromSecret } from './envelope-key.js';
import { decodePoint, invert, mod, type Point, timesPublic, ZERO } from './group.js';
import { refusal } from './refuse.js';
import { type Share, type ShareParts, verifyShare } from './share.js';

/**
 * The age identity of an envelope from any k valid shares of different trustees. Each is verified first; with the
 * deal's proofs that makes S the dealt secret, whichever k they are (Schoenmakers, CRYPTO '99, §3.1). Throws
 * `quorum.too-few`, and as `verifyShare`.
 */
export function combineShares({
  shares,
  ...parts
}: ShareParts & { readonly shares: readonly Share[] }): string {
  for (const share of shares) verifyShare({ ...parts, share });
  const { k } = parts.descriptor;
  const distinct = [...new Map(shares.map((share) => [share.i, share])).values()].slice(0, k);
  if (distinct.length < k) {
    throw refusal('quorum.too-few', `Shares of ${k} trustees are needed, ${distinct.length} are here.`, {
      needed: k,
      here: distinct.length,
    });
  }
  return identityFromSecret(interpolateAtZero(distinct), tenderDigest(parts.descriptor));
}

/** Σ λ_i·S_i with Lagrange's coefficients at zero. */
function interpolateAtZero(shares: readonly Share[]): Point {
  return shares.reduce((sum, { i, share }) => {
    const lambda = shares.reduce((product, other) => {
      if (other.i === i) return product;
      return mod(product * BigInt(other.i) * invert(BigInt(other.i - i)));
    }, 1n);
    return sum.add(timesPublic(decodePoint(share), lambda));
  }, ZERO);
}
