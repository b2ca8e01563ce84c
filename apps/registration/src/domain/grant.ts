import { DomainError, type Instant, isBefore, isWithin } from '#kernel';
import type { Actor, Role } from '#contracts';

/** A role that a person holds until an instant. There are no grants without an end. */
export interface Grant {
  readonly role: Role;
  readonly until: Instant;
  /** Where it is held, with all below it; without it in all that the centre serves. */
  readonly regionCode?: string;
}

/** Roles that act on tenders by where these are; the others belong to a tender, or to the whole centre. */
const REGIONAL: readonly Role[] = ['buyer', 'registrar', 'supervisor'];

export interface GrantRegion {
  /** Where the regional roles among those granted are held; undefined for all that is served. */
  readonly regionCode: string | undefined;
  /** What the centre serves. */
  readonly centre: string;
}

const PASSWORD_CHARS_MIN = 10;

/**
 * Roles of the platform's own people. A bidder's role comes with the organisation's registration alone. Throws
 * `role.not-grantable`, `grant.without-end`, and `region.not-served` for a region outside what the centre serves.
 */
export function grantStaff(
  roles: readonly Role[],
  until: Instant,
  now: Instant,
  { regionCode, centre }: GrantRegion,
): Grant[] {
  if (roles.includes('bidder')) {
    throw new DomainError('role.not-grantable', 'Bidders register with their organisation.');
  }
  if (!isBefore(now, until)) throw new DomainError('grant.without-end', 'A grant ends in the future.');
  if (regionCode !== undefined && !isWithin(regionCode, centre)) {
    throw new DomainError('region.not-served', `${regionCode} is no region within ${centre}.`, { centre });
  }
  return [...new Set(roles)].map((role) =>
    regionCode !== undefined && REGIONAL.includes(role) ? { role, until, regionCode } : { role, until },
  );
}

export const rolesInForce = (grants: readonly Grant[], now: Instant): Role[] =>
  grants.filter(({ until }) => isBefore(now, until)).map(({ role }) => role);

/** Regions to which roles in force are limited; a role that is also held without a region has none. */
export function limitsInForce(grants: readonly Grant[], now: Instant): NonNullable<Actor['limits']> {
  const inForce = grants.filter(({ until }) => isBefore(now, until));
  const isFree = (role: Role): boolean =>
    inForce.some((grant) => grant.role === role && grant.regionCode === undefined);
  return inForce.flatMap(({ role, regionCode }) =>
    regionCode === undefined || isFree(role) ? [] : [{ role, regionCode }],
  );
}

/** Length is what counts (NIST SP 800-63B §5.1.1); a password that contains its login is refused. */
export function requireStrongPassword(password: string, login: string): void {
  const isWeak = [...password].length < PASSWORD_CHARS_MIN || password.toLowerCase().includes(login);
  if (isWeak) {
    throw new DomainError(
      'password.too-weak',
      `Use at least ${PASSWORD_CHARS_MIN} characters, without the login.`,
    );
  }
}
