import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationResult } from '#evaluation';

type Bid = EvaluationResult['bids'][number];

const WIDTH = 640;
const LINE = 28;
const LEFT = 56;
const RIGHT = 40;
const AXIS = 24;
/** Half the size of a mark. */
const MARK = 5;
const TICKS = 5;

const scoresOf = ({ technicalScore, priceScore, total }: Bid) =>
  [technicalScore, priceScore, total].flatMap((score) => (score ? [Number(score.rounded)] : []));

/** How technical scores, price scores and totals lie: to look at. The ranking's table says the same in figures. */
export function ScoreSpread({ result }: { readonly result: EvaluationResult }): ReactElement | null {
  const { t } = useTranslation();
  const bids = result.bids
    .filter(({ rank, total }) => rank !== null && total !== null)
    .sort((a, b) => a.rank! - b.rank!);
  // Where prices themselves are ranked the total is a price, and no score.
  if (bids.every(({ priceScore }) => priceScore === null)) return null;
  // Places on a screen, not scores: they are never shown as figures.
  const scores = bids.flatMap(scoresOf);
  const step = Math.max(1, Math.ceil(Math.max(...scores) / TICKS / 5) * 5);
  const ticks = Array.from({ length: TICKS + 1 }, (_, i) => i * step);
  const least = Math.min(0, ...scores);
  const across = (score: number): number =>
    LEFT + ((score - least) / (TICKS * step - least)) * (WIDTH - LEFT - RIGHT);
  const bottom = bids.length * LINE;
  return (
    <figure className="chart spread">
      <figcaption>{t('scores.spread')}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${bottom + AXIS}`} role="img" aria-label={t('scores.spread')}>
        {ticks.map((tick) => (
          <g key={tick} className="tick">
            <line x1={across(tick)} x2={across(tick)} y1={0} y2={bottom} />
            <text x={across(tick)} y={bottom + 16} textAnchor="middle">
              {tick}
            </text>
          </g>
        ))}
        {bids.map((bid, i) => (
          <g key={bid.id} transform={`translate(0 ${i * LINE + LINE / 2})`}>
            <text x={LEFT - 8} y={4} textAnchor="end">
              {bid.id}
            </text>
            <Marks bid={bid} across={across} />
          </g>
        ))}
      </svg>
      <p className="quiet">{t('scores.legend')}</p>
    </figure>
  );
}

function Marks({
  bid: { technicalScore, priceScore, total },
  across,
}: {
  readonly bid: Bid;
  readonly across: (score: number) => number;
}): ReactElement {
  const at = (score: Bid['total']): number | null => (score ? across(Number(score.rounded)) : null);
  const [technical, price, sum] = [at(technicalScore), at(priceScore), at(total)];
  return (
    <>
      {price === null ? null : <rect x={price - MARK} y={-MARK} width={2 * MARK} height={2 * MARK} />}
      {technical === null ? null : <circle cx={technical} cy={0} r={MARK} />}
      {sum === null ? null : (
        <path d={`M${sum - MARK - 2} 0L${sum} ${-MARK - 2}L${sum + MARK + 2} 0L${sum} ${MARK + 2}Z`} />
      )}
    </>
  );
}
