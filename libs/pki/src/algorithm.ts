/** The one algorithm of the platform's certificates and signatures: ECDSA on P-256 with SHA-256 (JOSE `ES256`). */
export const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
export const SIGNING_ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' } as const;

interface AlgorithmLike {
  readonly name: string;
  readonly namedCurve?: string;
  readonly hash?: { readonly name: string } | string;
}

export function isP256({ name, namedCurve }: AlgorithmLike): boolean {
  return name === KEY_ALGORITHM.name && namedCurve === KEY_ALGORITHM.namedCurve;
}

export function isEs256({ name, hash }: AlgorithmLike): boolean {
  return (
    name === SIGNING_ALGORITHM.name &&
    (typeof hash === 'string' ? hash : hash?.name) === SIGNING_ALGORITHM.hash
  );
}
