import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrusteeKey } from '#sealing';
import type { AnswerOf } from '../api/call.js';
import { IdentityGate } from '../identity/identity-gate.js';
import type { Session } from '../session/use-session.js';
import { saveFile } from '../ui/save-file.js';
import { LoadTrusteeKey, UnlockTrusteeKey } from './load-trustee-key.js';
import { MakeTrusteeKey } from './make-trustee-key.js';
import { SubmitStatement } from './submit-statement.js';
import { keyFileName, readKeptKey } from './trustee-key-file.js';

interface Props {
  readonly tender: AnswerOf<'getTender'>;
  readonly session: Session;
  readonly unlocked: TrusteeKey | null;
  readonly onUnlocked: (key: TrusteeKey) => void;
}

/** The trustee’s key of this tender: made here, unlocked, or brought from another machine; and its statement. */
export function TrusteeKeySection({ tender, session, unlocked, onUnlocked }: Props): ReactElement | null {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { tenderId } = tender;
  const { personId } = session;
  const kept = useQuery({
    queryKey: ['kept-trustee-key', personId, tenderId],
    queryFn: async () => (await readKeptKey(personId, tenderId)) ?? null,
  });
  if (kept.data === undefined) return null;
  const take = (key: TrusteeKey): void => {
    onUnlocked(key);
    void queries.invalidateQueries({ queryKey: ['kept-trustee-key'] });
  };
  const ref = { tenderId, personId };
  return (
    <section className="card" aria-label={t('trustee.key')}>
      <h2>{t('trustee.key')}</h2>
      {unlocked ? (
        <p className="good" role="status">
          {t('trustee.unlocked')}
        </p>
      ) : null}
      {kept.data ? (
        <p>
          <button type="button" onClick={() => saveFile(keyFileName(tenderId), kept.data!)}>
            {t('trustee.download')}
          </button>
        </p>
      ) : null}
      {!unlocked && kept.data ? <UnlockTrusteeKey {...ref} file={kept.data} onUnlocked={take} /> : null}
      {unlocked ? null : <Others {...{ tender, session, kept: kept.data !== null, onUnlocked: take }} />}
      {tender.stage === 'draft' ? (
        <Statement tender={tender} personId={personId} unlocked={unlocked} />
      ) : null}
    </section>
  );
}

/** Other ways to a key than to unlock the one that is kept here. */
function Others({
  tender: { tenderId, stage },
  session: { personId },
  kept,
  onUnlocked,
}: Omit<Props, 'unlocked'> & { readonly kept: boolean }): ReactElement {
  const { t } = useTranslation();
  const [isAnew, setAnew] = useState(false);
  const ref = { tenderId, personId, onUnlocked };
  const isDraft = stage === 'draft';
  return (
    <>
      {kept ? null : <p>{t(isDraft ? 'trustee.keyWhy' : 'trustee.noneHere')}</p>}
      {isDraft && (!kept || isAnew) ? (
        <IdentityGate>{(identity) => <MakeTrusteeKey {...ref} identity={identity} />}</IdentityGate>
      ) : null}
      {isDraft && kept && !isAnew ? (
        <button type="button" onClick={() => setAnew(true)}>
          {t('trustee.makeAnew')}
        </button>
      ) : null}
      <LoadTrusteeKey {...ref} />
    </>
  );
}

function Statement({
  tender: { tenderId, trustees },
  personId,
  unlocked,
}: {
  readonly tender: Props['tender'];
  readonly personId: string;
  readonly unlocked: TrusteeKey | null;
}): ReactElement {
  const { t } = useTranslation();
  const isIn = trustees.some((seat) => seat.personId === personId && seat.statementReceived);
  return (
    <>
      <h3>{t('trustee.statement')}</h3>
      {isIn ? (
        <p role="status">{t('trustee.statementIn')}</p>
      ) : unlocked ? (
        <IdentityGate>
          {(identity) => <SubmitStatement tenderId={tenderId} trusteeKey={unlocked} identity={identity} />}
        </IdentityGate>
      ) : (
        <p className="quiet">{t('trustee.statementNone')}</p>
      )}
    </>
  );
}
