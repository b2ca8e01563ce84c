import type { ReactElement } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { useSession } from '../session/use-session.js';

/** Pages for those who are signed in; others come back here after they did. */
export function RequireSession(): ReactElement | null {
  const session = useSession();
  const { pathname } = useLocation();
  if (session === undefined) return null;
  return session === null ? <Navigate to="/sign-in" state={{ from: pathname }} replace /> : <Outlet />;
}
