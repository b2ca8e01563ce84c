import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Stage } from '#contracts';
import { type ItemOf, useAll } from '../api/use-all.js';
import { Answered } from '../ui/answered.js';
import { Countdown } from '../ui/countdown.js';
import { InstantText } from '../ui/instant-text.js';
import { REGIONS } from '../ui/regions.js';
import { StageMark } from '../ui/stage-mark.js';

type Tender = ItemOf<'listTenders'>;
const AT_REST: readonly Stage[] = ['draft', 'awarded', 'failed', 'cancelled'];

/** Tenders that are under way, of a region with all below it, counted by stage. */
export function RunningTenders(): ReactElement {
  const { t, i18n } = useTranslation();
  const [regionCode, setRegionCode] = useState('');
  const [stage, setStage] = useState<Stage | ''>('');
  const tenders = useAll('listTenders', regionCode ? { regionCode } : {});
  return (
    <section className="card" aria-labelledby="running">
      <h2 id="running">{t('supervision.running')}</h2>
      <div className="filters">
        <label>
          {t('supervision.region')}
          <select value={regionCode} onChange={(event) => setRegionCode(event.target.value)}>
            <option value="">{t('supervision.anyRegion')}</option>
            {REGIONS.map((region) => (
              <option key={region.code} value={region.code}>
                {i18n.language === 'en' ? region.en : region.zh}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Answered query={tenders}>
        {({ items, isCut }) => {
          const running = items.filter((tender) => !AT_REST.includes(tender.stage));
          const shown = stage === '' ? running : running.filter((tender) => tender.stage === stage);
          return (
            <>
              <StageCounts running={running} chosen={stage} onChoose={setStage} />
              {isCut ? <p className="bad">{t('supervision.cut')}</p> : null}
              {shown.length === 0 ? <p className="empty">{t('supervision.noneRunning')}</p> : null}
              <ul className="notices">
                {shown.map((tender) => (
                  <RunningTender key={tender.tenderId} tender={tender} />
                ))}
              </ul>
            </>
          );
        }}
      </Answered>
    </section>
  );
}

function StageCounts({
  running,
  chosen,
  onChoose,
}: {
  readonly running: readonly Tender[];
  readonly chosen: Stage | '';
  readonly onChoose: (stage: Stage | '') => void;
}): ReactElement {
  const { t } = useTranslation();
  const counts = new Map<Stage, number>();
  for (const { stage } of running) counts.set(stage, (counts.get(stage) ?? 0) + 1);
  return (
    <p className="places">
      <button type="button" aria-pressed={chosen === ''} onClick={() => onChoose('')}>
        {t('supervision.all')} {running.length}
      </button>
      {[...counts].map(([stage, count]) => (
        <button key={stage} type="button" aria-pressed={chosen === stage} onClick={() => onChoose(stage)}>
          {t(`stages.${stage}`)} {count}
        </button>
      ))}
    </p>
  );
}

function RunningTender({ tender }: { readonly tender: Tender }): ReactElement {
  const { t, i18n } = useTranslation();
  const { tenderId, title, stage, regionCode, deadlineAt, standstillEndsAt } = tender;
  return (
    <li>
      <Link to={`/supervision/tenders/${tenderId}`}>{i18n.language === 'en' ? title.en : title.zh}</Link>{' '}
      <StageMark stage={stage} /> {regionCode}
      <p className="quiet">
        {t('notices.deadline')} <InstantText instant={deadlineAt} />{' '}
        {stage === 'published' ? <Countdown until={deadlineAt} /> : null}
        {stage === 'standstill' && standstillEndsAt ? (
          <Countdown
            until={standstillEndsAt}
            left="supervision.standstill"
            over="supervision.standstillOver"
          />
        ) : null}
      </p>
    </li>
  );
}
