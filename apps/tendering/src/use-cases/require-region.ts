import { DomainError, isInScope, isWithin } from '#kernel';
import { type Actor, type Role, scopeOf } from '#contracts';

/** Throws `region.not-served` for a region that is not within the centre's. */
export function requireServed(regionCode: string, centre: string): void {
  if (isWithin(regionCode, centre)) return;
  throw new DomainError('region.not-served', `${regionCode} is no region within ${centre}.`, { centre });
}

/** Throws `region.out-of-scope` where the actor holds the role elsewhere only. */
export function requireScope(actor: Actor | null, role: Role, regionCode: string): void {
  const scope = scopeOf(actor, role);
  if (isInScope(regionCode, scope)) return;
  const message = `Your grant as ${role} does not reach to ${regionCode}.`;
  throw new DomainError('region.out-of-scope', message, { regionCode, scope });
}
