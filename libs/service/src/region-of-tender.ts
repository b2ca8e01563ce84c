import { DomainError, isInScope } from '#kernel';
import { getTender, scopeOf } from '#contracts';
import type { Call } from './call.js';
import type { Requests } from './requests.js';

/** Tendering is asked only for a supervisor whose role has a limit: all others are everywhere or nowhere. */
async function isElsewhere(requests: Requests, { actor }: Call, tenderId: string): Promise<boolean> {
  const scope = scopeOf(actor, 'supervisor');
  if (scope === null || scope.length === 0) return false;
  const { regionCode } = await requests.ask(getTender, { tenderId });
  return !isInScope(regionCode, scope);
}

/**
 * The call as it counts for a published tender: without the role of supervisor where that is held for other regions
 * only. For services that do not keep a tender's region. Throws `tender.unknown`.
 */
export async function callInRegionOf(requests: Requests, call: Call, tenderId: string): Promise<Call> {
  if (!(await isElsewhere(requests, call, tenderId))) return call;
  const actor = call.actor!;
  return { ...call, actor: { ...actor, roles: actor.roles.filter((role) => role !== 'supervisor') } };
}

/** Throws `region.out-of-scope` where a supervisor's role is held for other regions only, and `tender.unknown`. */
export async function requireRegionOf(requests: Requests, call: Call, tenderId: string): Promise<void> {
  if (!(await isElsewhere(requests, call, tenderId))) return;
  throw new DomainError('region.out-of-scope', 'Your grant as supervisor does not reach to this tender.', {
    scope: scopeOf(call.actor, 'supervisor'),
  });
}
