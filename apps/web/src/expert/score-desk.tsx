import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BlindDocument } from './blind-document.js';
import { LineForm } from './line-form.js';
import { type Line, stateOf } from './sheet.js';
import { SignSheet } from './sign-sheet.js';
import type { ScoringWork } from './use-scoring-work.js';

/** Documents on the left, marks on the right; bids by alias above. Saved to the server with each bid. */
export function ScoreDesk({
  tenderId,
  work,
}: {
  readonly tenderId: string;
  readonly work: ScoringWork;
}): ReactElement {
  const { t } = useTranslation();
  const { criteria, bids } = work;
  const [lines, setLines] = useState<ReadonlyMap<string, Line>>(() => linesOf(work));
  const [at, setAt] = useState(0);
  const bid = bids[at];
  const whole = bids.filter(({ alias }) => stateOf(lines.get(alias)!, criteria) === 'whole').length;
  if (!bid) return <p className="card empty">{t('scoring.nothing')}</p>;
  const line = lines.get(bid.alias)!;
  return (
    <>
      <nav aria-label={t('scoring.bids')}>
        <ol className="steps">
          {bids.map(({ alias }, i) => (
            <li key={alias}>
              <button
                type="button"
                {...(i === at ? { 'aria-current': 'true' as const } : {})}
                onClick={() => setAt(i)}
              >
                {alias}
                {stateOf(lines.get(alias)!, criteria) === 'whole' ? ' ✓' : null}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <p role="status">{t('scoring.progress', { whole, all: bids.length })}</p>
      <div className="split">
        <BlindDocument key={bid.alias} tenderId={tenderId} bid={bid} />
        <LineForm
          key={bid.alias}
          tenderId={tenderId}
          alias={bid.alias}
          criteria={criteria}
          line={line}
          isLast={at === bids.length - 1}
          onChange={(next) => setLines(new Map(lines).set(bid.alias, next))}
          onSaved={() => setAt(Math.min(at + 1, bids.length - 1))}
        />
      </div>
      <SignSheet tenderId={tenderId} lines={lines} criteria={criteria} isWhole={whole === bids.length} />
    </>
  );
}

const linesOf = ({ bids, draft, reasons }: ScoringWork): ReadonlyMap<string, Line> =>
  new Map(
    bids.map(({ alias }) => [alias, { marks: draft[alias] ?? {}, reason: reasons[alias] ?? '' }] as const),
  );
