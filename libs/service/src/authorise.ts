import { DomainError } from '#kernel';
import type { Actor, RequestContract } from '#contracts';

/**
 * The one place where roles are checked, for every request of every service. Whose thing it is (ownership) is
 * decided by the use case, which answers "unknown" for what the actor may not know of.
 */
export function authorise(contract: RequestContract, actor: Actor | null): void {
  const { access } = contract;
  if (access === 'public' || access === 'internal') return;
  if (actor === null) throw new DomainError('session.missing', 'Sign in to do this.');
  if (access === 'signed-in') return;
  if (!access.some((role) => actor.roles.includes(role))) {
    throw new DomainError('access.denied', `This needs the role ${access.join(' or ')}.`, { roles: access });
  }
}
