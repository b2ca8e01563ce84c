import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationResult } from '#evaluation';
import { formatMoney } from '../ui/format-money.js';

const WIDTH = 640;
const LINE = 28;
const LEFT = 56;
const RIGHT = 110;

/** Prices as bars beside the benchmark: to look at. The table above says the same in figures. */
export function PricePositions({
  result,
  currency,
}: {
  readonly result: EvaluationResult;
  readonly currency: string;
}): ReactElement | null {
  const { t } = useTranslation();
  const bids = result.bids.filter(({ rank }) => rank !== null);
  const benchmark = result.benchmark?.rounded;
  // Lengths on a screen, not money: they are never shown as figures.
  const lengths = [...bids.map(({ price }) => price), ...(benchmark ? [benchmark] : [])].map(Number);
  const longest = Math.max(...lengths);
  if (bids.length === 0 || !(longest > 0)) return null;
  const across = (price: string): number => (Number(price) / longest) * (WIDTH - LEFT - RIGHT);
  return (
    <figure className="chart">
      <figcaption>{t('ranking.positions', { currency })}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${bids.length * LINE + 24}`}
        role="img"
        aria-label={t('ranking.positions', { currency })}
      >
        {bids.map(({ id, price }, i) => (
          <g key={id} transform={`translate(0 ${i * LINE})`}>
            <text x={LEFT - 8} y={18} textAnchor="end">
              {id}
            </text>
            <rect x={LEFT} y={5} width={across(price)} height={16} rx={3} />
            <text x={LEFT + across(price) + 6} y={18}>
              {formatMoney(price)}
            </text>
          </g>
        ))}
        {benchmark ? (
          <g className="benchmark">
            <line
              x1={LEFT + across(benchmark)}
              x2={LEFT + across(benchmark)}
              y1={0}
              y2={bids.length * LINE}
            />
            <text x={LEFT + across(benchmark)} y={bids.length * LINE + 16} textAnchor="middle">
              {t('ranking.benchmark')} {formatMoney(benchmark)}
            </text>
          </g>
        ) : null}
      </svg>
    </figure>
  );
}
