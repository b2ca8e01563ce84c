import { DomainError, type Instant, isBefore } from '#kernel';
import type { Role } from '#contracts';

/** A role that a person holds until an instant. There are no grants without an end. */
export interface Grant {
  readonly role: Role;
  readonly until: Instant;
}

const PASSWORD_CHARS_MIN = 10;

/** Roles of the platform's own people. A bidder's role comes with the organisation's registration alone. */
export function grantStaff(roles: readonly Role[], until: Instant, now: Instant): Grant[] {
  if (roles.includes('bidder')) {
    throw new DomainError('role.not-grantable', 'Bidders register with their organisation.');
  }
  if (!isBefore(now, until)) throw new DomainError('grant.without-end', 'A grant ends in the future.');
  return [...new Set(roles)].map((role) => ({ role, until }));
}

export const rolesInForce = (grants: readonly Grant[], now: Instant): Role[] =>
  grants.filter(({ until }) => isBefore(now, until)).map(({ role }) => role);

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
