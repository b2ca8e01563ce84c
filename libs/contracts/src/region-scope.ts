import type { Actor, Role } from './messages/envelope.js';

/** Codes of regions, each with all below it, in which somebody holds a role; null for all that the centre serves. */
export type RegionScope = readonly string[] | null;

/**
 * Where the actor holds the role. Nobody, and who does not hold it, has an empty scope; a role that was granted without
 * a region has no limit.
 */
export function scopeOf(actor: Actor | null, role: Role): RegionScope {
  if (!actor?.roles.includes(role)) return [];
  const limits = (actor.limits ?? []).filter((limit) => limit.role === role);
  return limits.length === 0 ? null : limits.map(({ regionCode }) => regionCode);
}
