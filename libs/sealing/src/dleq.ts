import {
  decodeScalar,
  encodeScalar,
  hashToScalar,
  mod,
  differencePublic,
  type KnownPoint,
  type Point,
  pointBytes,
  type RandomBytes,
  randomScalar,
  times,
} from './group.js';

/** Challenge and response, each a scalar in base64url. */
export interface Proof {
  readonly c: string;
  readonly z: string;
}

/** a = w·g and b = w·h for the same w, in a context: the label and everything the proof is bound to. */
export interface Equality {
  readonly label: string;
  readonly context: readonly Uint8Array[];
  readonly g: KnownPoint;
  readonly a: KnownPoint;
  readonly h: KnownPoint;
  readonly b: KnownPoint;
}

/** Non-interactive proof that log_g a = log_h b (Chaum–Pedersen, CRYPTO '92; Fiat–Shamir). */
export function proveEquality(equality: Equality, w: bigint, random: RandomBytes): Proof {
  const r = randomScalar(random);
  const c = challenge(equality, times(equality.g.point, r), times(equality.h.point, r));
  return { c: encodeScalar(c), z: encodeScalar(mod(r + c * w)) };
}

/** Throws `scalar.not-canonical` for what is no proof; answers whether one holds. */
export function holdsEquality(equality: Equality, proof: Proof): boolean {
  const c = decodeScalar(proof.c);
  const z = decodeScalar(proof.z);
  const { g, a, h, b } = equality;
  const first = differencePublic(z, g.point, c, a.point);
  const second = differencePublic(z, h.point, c, b.point);
  return challenge(equality, first, second) === c;
}

function challenge({ label, context, g, a, h, b }: Equality, first: Point, second: Point): bigint {
  const points = [g.bytes, a.bytes, h.bytes, b.bytes, pointBytes(first), pointBytes(second)];
  return hashToScalar(label, ...context, ...points);
}
