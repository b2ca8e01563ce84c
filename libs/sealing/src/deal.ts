import type { TenderDescriptor } from './descriptor.js';
import { type Equality, holdsEquality, type Proof, proveEquality } from './dleq.js';
import {
  encodePoint,
  G,
  H,
  H_KNOWN,
  known,
  type KnownPoint,
  mod,
  type Point,
  type RandomBytes,
  randomScalar,
  readPoint,
  times,
  timesPublic,
  ZERO,
} from './group.js';
import { uint32 } from './framing.js';
import { refusal } from './refuse.js';
import { trusteePoint } from './trustee-point.js';

const LABEL = 'sunseal/1 deal';

/** A polynomial over the scalars, its constant term first. */
export type Polynomial = readonly bigint[];

/** What a deal tells everyone: commitments, encrypted shares. */
export interface DealtPoints {
  readonly C: readonly string[];
  readonly Y: readonly string[];
}

/** The same, read. */
export interface ReadPoints {
  readonly C: readonly KnownPoint[];
  readonly Y: readonly KnownPoint[];
}

/** Throws `point.not-canonical`. */
export const readDealt = ({ C, Y }: DealtPoints): ReadPoints => ({
  C: C.map(readPoint),
  Y: Y.map(readPoint),
});

/** Degree k − 1, every coefficient random, the constant term not zero. */
export const randomPolynomial = (k: number, random: RandomBytes): Polynomial =>
  Array.from({ length: k }, () => randomScalar(random));

const evaluateAt = (polynomial: Polynomial, x: number): bigint =>
  polynomial.reduceRight((value, coefficient) => mod(value * BigInt(x) + coefficient), 0n);

/** S = a₀·G, from which the envelope's key is derived. */
export const dealtSecret = ([constant]: Polynomial): Point => times(G, constant!);

/** C_j = a_j·H and Y_i = f(i)·P_i (Schoenmakers, CRYPTO '99, §3.1). */
export function dealPoints(descriptor: TenderDescriptor, polynomial: Polynomial): DealtPoints {
  return {
    C: polynomial.map((coefficient) => encodePoint(times(H, coefficient))),
    Y: descriptor.trustees.map(({ i, publicKey }) =>
      encodePoint(times(trusteePoint(publicKey).point, evaluateAt(polynomial, i))),
    ),
  };
}

/** One proof for each trustee that the encrypted share lies on the committed polynomial. */
export function proveDeal(
  descriptor: TenderDescriptor,
  context: Uint8Array,
  points: DealtPoints,
  polynomial: Polynomial,
  random: RandomBytes,
): Proof[] {
  return equalities(descriptor, context, readDealt(points)).map((equality, at) =>
    proveEquality(equality, evaluateAt(polynomial, at + 1), random),
  );
}

/**
 * Throws `manifest.malformed`, `point.not-canonical`, `scalar.not-canonical`, `manifest.proof-invalid`. Whoever has
 * read the points before passes them in.
 */
export function verifyDeal(
  descriptor: TenderDescriptor,
  context: Uint8Array,
  deal: DealtPoints & { readonly proofs: readonly Proof[] },
  read?: ReadPoints,
): void {
  const { n, k } = descriptor;
  if (deal.C.length !== k || deal.Y.length !== n || deal.proofs.length !== n) {
    throw refusal(
      'manifest.malformed',
      `This tender needs ${k} commitments and ${n} shares with a proof each.`,
    );
  }
  for (const [at, equality] of equalities(descriptor, context, read ?? readDealt(deal)).entries()) {
    if (!holdsEquality(equality, deal.proofs[at]!)) {
      throw refusal(
        'manifest.proof-invalid',
        `The share of trustee ${at + 1} is not what was committed to.`,
        { trustee: at + 1 },
      );
    }
  }
}

function equalities(descriptor: TenderDescriptor, context: Uint8Array, { C, Y }: ReadPoints): Equality[] {
  const commitments = C.map(({ point }) => point);
  return descriptor.trustees.map(({ i, publicKey }, at) => ({
    label: LABEL,
    context: [context, uint32(i)],
    g: H_KNOWN,
    a: known(committedAt(commitments, i)),
    h: trusteePoint(publicKey),
    b: Y[at]!,
  }));
}

/** X_i = Σ iʲ·C_j, by Horner's rule. */
function committedAt(commitments: readonly Point[], i: number): Point {
  return commitments.reduceRight((sum, commitment) => timesPublic(sum, BigInt(i)).add(commitment), ZERO);
}
