import { DomainError, type Instant, isCreditCode, type Uuid } from '#kernel';

export interface Organisation {
  readonly organisationId: Uuid;
  readonly creditCode: string;
  readonly name: string;
  readonly legalRepresentative: string;
  readonly qualifications: readonly string[];
  readonly status: 'submitted' | 'approved' | 'refused';
  readonly reason: string | null;
  readonly registeredAt: Instant;
}

export type NewOrganisation = Omit<Organisation, 'status' | 'reason'>;

/** A registration waits for a registrar. Throws `credit-code.invalid` where the check character is wrong. */
export function register(organisation: NewOrganisation): Organisation {
  if (!isCreditCode(organisation.creditCode)) {
    throw new DomainError(
      'credit-code.invalid',
      'A unified social credit code has 18 characters and a check character (GB 32100); compare it with the licence.',
    );
  }
  return { ...organisation, status: 'submitted', reason: null };
}

/** A decision is made once, and with its reason. */
export function review(
  organisation: Organisation,
  decision: 'approve' | 'refuse',
  reason: string,
): Organisation {
  if (organisation.status !== 'submitted') {
    throw new DomainError(
      'organisation.already-reviewed',
      `This organisation was ${organisation.status} already.`,
    );
  }
  return { ...organisation, status: decision === 'approve' ? 'approved' : 'refused', reason };
}
