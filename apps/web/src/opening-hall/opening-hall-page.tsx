import { type ReactElement, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { EnvelopeId } from '#contracts';
import type { AnswerOf } from '../api/call.js';
import { useAnswer } from '../api/use-answer.js';
import { type LiveEvent, useLiveTender } from '../api/use-live-tender.js';
import { hasLeftTheWay, hasReached } from '../public/has-reached.js';
import { TenderProgress } from '../public/tender-progress.js';
import { useSession } from '../session/use-session.js';
import { Answered } from '../ui/answered.js';
import { Countdown } from '../ui/countdown.js';
import { InstantText } from '../ui/instant-text.js';
import { type CeremonyLine, ceremonyOf, lineOf } from './ceremony.js';
import { HallOpeningSection } from './hall-opening-section.js';
import { type HallRecord, useHallRecord } from './use-hall-record.js';

const KINDS: readonly EnvelopeId[] = ['technical', 'commercial'];

/** The latest opening first; after an end without an award those alone that there were. */
function shownKinds(tender: AnswerOf<'getTender'>, { openings }: HallRecord): readonly EnvelopeId[] {
  const begun = KINDS.filter((kind) => openings.some(({ envelopeId }) => envelopeId === kind));
  if (hasLeftTheWay(tender)) return begun.toReversed();
  return [...begun.toReversed(), ...KINDS.filter((kind) => !begun.includes(kind))];
}

/** The opening as anyone may watch it: who came, who gave, what was checked, what was read; those entitled may object. */
export function OpeningHallPage(): ReactElement {
  const { tenderId = '' } = useParams();
  const { t, i18n } = useTranslation();
  const [lines, setLines] = useState<readonly CeremonyLine[]>([]);
  const hear = useCallback((event: LiveEvent) => {
    const line = lineOf(event);
    if (!line) return;
    setLines((all) => (all.some(({ id }) => id === line.id) ? all : [...all, line]));
  }, []);
  const liveness = useLiveTender(tenderId, hear);
  const tender = useAnswer('getTender', { tenderId });
  const record = useHallRecord(tenderId);
  return (
    <Answered query={tender}>
      {(it) => (
        <article>
          <h1>
            {t('hall.title')}：
            <Link to={`/tenders/${tenderId}`}>{i18n.language === 'en' ? it.title.en : it.title.zh}</Link>
          </h1>
          <p>
            <span className={`liveness is-${liveness}`} role="status">
              {t(`live.${liveness}`)}
            </span>
          </p>
          <TenderProgress tender={it} />
          <OwnSeat tender={it} />
          {hasReached(it, 'closed') || hasLeftTheWay(it) ? (
            <Answered query={record}>
              {(whole) => (
                <>
                  <Close record={whole} />
                  {shownKinds(it, whole).map((envelopeId) => (
                    <HallOpeningSection
                      key={envelopeId}
                      tender={it}
                      envelopeId={envelopeId}
                      record={whole}
                      ceremony={ceremonyOf(lines, envelopeId)}
                    />
                  ))}
                </>
              )}
            </Answered>
          ) : (
            <section className="card">
              <h2>{t('hall.notYet')}</h2>
              <p>
                {t('hall.notYetWhy')} <Countdown until={it.deadlineAt} />
              </p>
            </section>
          )}
        </article>
      )}
    </Answered>
  );
}

function OwnSeat({ tender }: { readonly tender: AnswerOf<'getTender'> }): ReactElement | null {
  const { t } = useTranslation();
  const session = useSession();
  const seat = tender.trustees.findIndex(({ personId }) => personId === session?.personId);
  if (seat < 0) return null;
  return (
    <p>
      {t('hall.ownSeat', { seat: seat + 1 })}{' '}
      <Link className="button" to={`/tenders/${tender.tenderId}/trustee`}>
        {t('trustee.open')}
      </Link>
    </p>
  );
}

function Close({ record: { close } }: { readonly record: HallRecord }): ReactElement {
  const { t } = useTranslation();
  if (!close) return <p className="card empty">{t('hall.noClose')}</p>;
  return (
    <section className="card">
      <h2>{t('hall.close')}</h2>
      <p>
        {t('opening.closed', { count: close.count })} <InstantText instant={close.closedAt} />
      </p>
      <p className="quiet">
        {t('hall.list')} <code>{close.manifestsSha256}</code>
      </p>
    </section>
  );
}
