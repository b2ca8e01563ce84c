/** `cannot-tell`: the store could not be asked, or its answer proves neither. */
export type ProbeResult = 'holds' | 'fails' | 'cannot-tell';

export interface Finding {
  /** Kebab-case and stable: programs may look for it. */
  readonly probe: string;
  readonly result: ProbeResult;
  /** Without this the store is not sound; what is not needed is only told. */
  readonly isNeeded: boolean;
  /** What the store did, in its own words where it has any. */
  readonly detail: string;
  /** What it is good for. */
  readonly meaning: string;
  /** What the operator can do where it does not hold. */
  readonly remedy: string;
}

export interface StoreReport {
  readonly kind: 'S3' | 'files';
  /** Address and bucket, or the folder; no secret. */
  readonly store: string;
  /** True where nobody, the owner included, can delete or change what is retained. False for files, always. */
  readonly isWriteOnce: boolean;
  /** Every probe that is needed holds. A service that keeps sealed bids does not start on a store that is not sound. */
  readonly isSound: boolean;
  /** One sentence for people. */
  readonly summary: string;
  readonly findings: readonly Finding[];
}

/** The findings that make a store unsound. */
export const faultsOf = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ isNeeded, result }) => isNeeded && result !== 'holds');
