import { DomainError } from '#kernel';
import type { Procedure, ProcedureLimits } from '#contracts';

type Limited = keyof ProcedureLimits;
/** As the contract gives them. */
const LIMITS: ProcedureLimits = {
  n: { min: 3, max: 15 },
  k: { min: 2, max: 14 },
  bodyGraceMinutes: { min: 0, max: 240 },
  bidderKeyHours: { min: 1, max: 336 },
  openingHours: { min: 1, max: 336 },
  rescueHours: { min: 1, max: 336 },
  archiveYears: { min: 1, max: 100 },
};

/**
 * The procedure's numbers lie in their limits, and the committee has the size and quorum that it asks for. Throws
 * `procedure.invalid` with every finding, `committee.invalid`.
 */
export function requireProfile(
  procedure: Procedure,
  committee: { readonly trustees: number; readonly quorum: number },
): void {
  const findings = findingsOf(procedure);
  if (findings.length > 0) {
    throw new DomainError('procedure.invalid', `The procedure cannot be carried out: ${findings.join(' ')}`, {
      findings,
    });
  }
  const { n, k } = procedure;
  if (n !== null && committee.trustees !== n) {
    throw new DomainError(
      'committee.invalid',
      `This procedure asks for ${n} trustees; ${committee.trustees} are chosen.`,
      { n, trustees: committee.trustees },
    );
  }
  if (k !== null && committee.quorum !== k) {
    throw new DomainError(
      'committee.invalid',
      `This procedure asks for a quorum of ${k}; the draft says ${committee.quorum}.`,
      { k, quorum: committee.quorum },
    );
  }
}

function findingsOf(procedure: Procedure): string[] {
  const findings = (Object.keys(LIMITS) as Limited[]).flatMap((name) => {
    const { min, max } = LIMITS[name];
    const value = procedure[name];
    if (value === null && (name === 'n' || name === 'k')) return [];
    const isInside = Number.isInteger(value) && value! >= min && value! <= max;
    return isInside ? [] : [`${name} is a whole number from ${min} to ${max}, not ${String(value)}.`];
  });
  const { n, k } = procedure;
  if (n !== null && k !== null && k > n - 1) {
    findings.push(`A quorum k of ${k} leaves none of n = ${n} trustees to spare.`);
  }
  return findings;
}
