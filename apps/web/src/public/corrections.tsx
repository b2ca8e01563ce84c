import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import { useAnswer } from '../api/use-answer.js';
import { useSession } from '../session/use-session.js';
import { Answered } from '../ui/answered.js';
import { InstantText } from '../ui/instant-text.js';
import { changeTexts, inputsOf } from './correction-text.js';
import { DecideCorrection } from './decide-correction.js';
import { FormerRanking } from './former-ranking.js';

type Correction = AnswerOf<'getCorrections'>['corrections'][number];
type Tender = AnswerOf<'getTender'>;

/** Every version of the evaluation with the correction that made it; a supervisor decides here on one that waits. */
export function Corrections({ tender }: { readonly tender: Tender }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { tenderId } = tender;
  const read = useAnswer('getCorrections', { tenderId });
  return (
    <section className="card" aria-label={t('corrections.title')}>
      <h2>{t('corrections.title')}</h2>
      <Answered query={read}>
        {({ version, proposal, corrections }) => (
          <>
            <p>
              {t('corrections.current', { version })}{' '}
              {corrections.length === 0 ? t('corrections.none') : null}
            </p>
            {proposal ? (
              <>
                <p role="status">{t('corrections.waits')}</p>
                <OneCorrection tender={tender} correction={proposal} />
                {session?.roles.includes('supervisor') ? (
                  <DecideCorrection tenderId={tenderId} correctionId={proposal.correctionId} />
                ) : null}
              </>
            ) : null}
            {corrections.length > 0 ? (
              <ol className="acts">
                <li>
                  {t('corrections.first')}
                  <FormerRanking tenderId={tenderId} version={1} />
                </li>
                {corrections.map((correction, at) => (
                  <li key={correction.correctionId}>
                    {t('corrections.version', { version: at + 2 })}
                    <OneCorrection tender={tender} correction={correction} />
                    {at + 2 < version ? <FormerRanking tenderId={tenderId} version={at + 2} /> : null}
                  </li>
                ))}
              </ol>
            ) : null}
          </>
        )}
      </Answered>
    </section>
  );
}

function OneCorrection({
  tender: { method },
  correction: { changes, reason, proposedAt, confirmedAt },
}: {
  readonly tender: Tender;
  readonly correction: Correction;
}): ReactElement {
  const { t, i18n } = useTranslation();
  const texts = changes.flatMap((change) => changeTexts(change, inputsOf(method), t, i18n.language));
  return (
    <>
      <ul>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p>
        {t('corrections.reason')}
        {reason}
      </p>
      <p className="quiet">
        {t('corrections.proposedAt')}
        <InstantText instant={proposedAt} />{' '}
        {confirmedAt ? (
          <>
            {t('corrections.confirmedAt')}
            <InstantText instant={confirmedAt} />
          </>
        ) : null}
      </p>
    </>
  );
}
