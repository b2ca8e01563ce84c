import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type ReactNode, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../session/use-session.js';
import { useSession } from '../session/use-session.js';
import { MakeIdentity } from './make-identity-form.js';
import { readKeptIdentity, type SigningIdentity } from './signing-identity.js';
import { UnlockIdentity } from './unlock-identity-form.js';
import { onUnlocked, unlockedFor } from './unlocked.js';

/** What follows needs the own signing key: it is made, brought back from a backup, or unlocked first. */
export function IdentityGate({
  children,
}: {
  readonly children: (identity: SigningIdentity) => ReactNode;
}): ReactElement | null {
  const session = useSession();
  return session ? <Gate session={session}>{children}</Gate> : null;
}

function Gate({
  session,
  children,
}: {
  readonly session: Session;
  readonly children: (identity: SigningIdentity) => ReactNode;
}): ReactElement | null {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const identity = useSyncExternalStore(onUnlocked, () => unlockedFor(session.personId));
  const kept = useQuery({
    queryKey: ['kept-identity', session.personId],
    queryFn: async () => (await readKeptIdentity(session.personId)) ?? null,
  });
  if (identity) return <>{children(identity)}</>;
  if (kept.data === undefined) return null;
  const look = (): void => void queries.invalidateQueries({ queryKey: ['kept-identity'] });
  return (
    <section className="card narrow" aria-label={t('identity.title')}>
      <h2>{t('identity.title')}</h2>
      {kept.data ? (
        <UnlockIdentity personId={session.personId} kept={kept.data} />
      ) : (
        <MakeIdentity session={session} onKept={look} />
      )}
    </section>
  );
}
