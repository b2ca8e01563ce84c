import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { EnvelopeId } from '#contracts';
import type { TrusteeKey } from '#sealing';
import type { AnswerOf } from '../api/call.js';
import { useAnswer } from '../api/use-answer.js';
import { useLiveTender } from '../api/use-live-tender.js';
import { type Session, useSession } from '../session/use-session.js';
import { Answered } from '../ui/answered.js';
import { StageMark } from '../ui/stage-mark.js';
import { OpeningSection } from './opening-section.js';
import { RehearsalSection } from './rehearsal-section.js';
import { TrusteeKeySection } from './trustee-key-section.js';

const KINDS: readonly EnvelopeId[] = ['technical', 'commercial'];

/** A trustee’s whole work in one tender: make the key, rehearse, and at the openings verify and give shares. */
export function TrusteePage(): ReactElement {
  const { tenderId = '' } = useParams();
  const { t, i18n } = useTranslation();
  const session = useSession();
  const tender = useAnswer('getTender', { tenderId });
  useLiveTender(tenderId);
  return (
    <Answered query={tender}>
      {(it) => (
        <>
          <h1>
            {t('trustee.title')}：
            <Link to={`/tenders/${tenderId}`}>{i18n.language === 'en' ? it.title.en : it.title.zh}</Link>
          </h1>
          <p>
            <StageMark stage={it.stage} />{' '}
            {it.stage === 'draft' ? null : (
              <Link to={`/tenders/${tenderId}/opening`}>{t('trustee.hall')}</Link>
            )}
          </p>
          {session && it.trustees.some(({ personId }) => personId === session.personId) ? (
            <Desk tender={it} session={session} />
          ) : (
            <p className="refusal" role="alert">
              {t('trustee.notSeated')}
            </p>
          )}
        </>
      )}
    </Answered>
  );
}

/** The unlocked key lives as long as this page. */
function Desk({
  tender,
  session,
}: {
  readonly tender: AnswerOf<'getTender'>;
  readonly session: Session;
}): ReactElement {
  const [key, setKey] = useState<TrusteeKey | null>(null);
  return (
    <>
      <TrusteeKeySection tender={tender} session={session} unlocked={key} onUnlocked={setKey} />
      {tender.stage === 'draft' ? (
        <RehearsalSection tenderId={tender.tenderId} personId={session.personId} trusteeKey={key} />
      ) : (
        KINDS.map((envelopeId) => (
          <OpeningSection
            key={envelopeId}
            tender={tender}
            envelopeId={envelopeId}
            personId={session.personId}
            trusteeKey={key}
          />
        ))
      )}
    </>
  );
}
