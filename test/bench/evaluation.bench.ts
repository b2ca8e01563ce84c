import { Rational } from '#kernel';
import { comprehensiveTrimmedMean, evaluate } from '#evaluation';
import { measure } from './measure.js';

const BIDS = 300;

/** The comprehensive method over many bids beside the bare exact divisions that it cannot do without. */
export async function evaluationBench(): Promise<void> {
  const { panel: _panel, ...method } = comprehensiveTrimmedMean;
  const bids = Array.from({ length: BIDS }, (_, at) => ({
    id: `B${String(at).padStart(4, '0')}`,
    price: `${9_000_000 + ((at * 7_919) % 2_000_000)}.${at % 10}5`,
    technical: `${60 + (at % 40)}.5`,
  }));
  const divide = (): void => {
    let sum = Rational.ZERO;
    for (const { price } of bids) sum = sum.add(Rational.from(price));
    const mean = sum.div(Rational.of(BigInt(BIDS)));
    for (const { price } of bids)
      Rational.from(price).sub(mean).div(mean).round({ digits: 2, mode: 'half-up' });
  };
  await measure({
    name: 'evaluate with the whole trace',
    ours: () => void evaluate({ method, bids }),
    limitName: 'the bare divisions',
    limit: divide,
    count: BIDS,
    unit: 'bids',
  });
}
