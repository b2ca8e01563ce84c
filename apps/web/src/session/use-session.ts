import { useQuery, useQueryClient } from '@tanstack/react-query';
import { isProblem } from '../api/problem.js';
import { request } from '../api/call.js';
import { lock } from '../identity/unlocked.js';
import type { Role } from '#contracts';

export interface Session {
  readonly name: string;
  readonly personId: string;
  readonly organisationId: string | null;
  readonly roles: readonly Role[];
}

const KEY = ['session'] as const;

/** Who is signed in; null when nobody is. Throws what the platform refuses. */
export async function readSession(): Promise<Session | null> {
  try {
    return toSession(await (await request('/api/v1/session')).json());
  } catch (error) {
    if (isProblem(error) && error.code === 'session.missing') return null;
    throw error;
  }
}

const toSession = ({ actor, name }: { actor: Omit<Session, 'name'>; name: string }): Session => ({
  name,
  personId: actor.personId,
  organisationId: actor.organisationId,
  roles: actor.roles,
});

/** Who is signed in: undefined while it is not known, null when nobody is. */
export function useSession(): Session | null | undefined {
  return useQuery({ queryKey: KEY, queryFn: readSession, staleTime: 60_000 }).data;
}

export function useSignIn(): (login: string, password: string) => Promise<void> {
  const queries = useQueryClient();
  return async (login, password) => {
    await request('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
    await queries.resetQueries();
  };
}

export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await request('/api/v1/session', { method: 'DELETE' });
    lock();
    queries.clear();
    await queries.resetQueries();
  };
}
