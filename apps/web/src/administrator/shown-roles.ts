import type { Role } from '#contracts';

/** Roles in the order in which they are shown. */
export const SHOWN_ROLES: readonly Role[] = [
  'buyer',
  'expert',
  'trustee',
  'supervisor',
  'registrar',
  'administrator',
  'bidder',
];

/** What an administrator may grant: bidders register with their organisation. */
export const GRANTABLE: readonly Role[] = SHOWN_ROLES.filter((role) => role !== 'bidder');
