import { Rational } from '#kernel';
import { awardLots, comprehensiveTrimmedMean, energyServiceNpv, evaluate } from '#evaluation';
import { boqBench } from './boq.bench.js';
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
  await boqBench();
  await netPresentValues();
  await lotScenarios();
}

/** 21 discounted periods a bid: the fractions grow long, and nothing may be cut before the end. */
async function netPresentValues(): Promise<void> {
  const savings = ['92.47', ...Array.from({ length: 20 }, () => '250')];
  const bids = Array.from({ length: BIDS }, (_, at) => ({
    id: `B${at}`,
    price: '0',
    figures: { share: `0.${700 + (at % 200)}`, years: String(at % 15), days: String(at % 365) },
    series: { savings },
  }));
  const rate = Rational.from('1.22986');
  const discount = (): void => {
    for (let bid = 0; bid < BIDS; bid++) {
      let factor = Rational.ONE;
      for (let period = 0; period < 21; period++) factor = factor.div(rate);
    }
  };
  await measure({
    name: 'energy-service net present values',
    ours: () => void evaluate({ method: energyServiceNpv, bids }),
    limitName: 'the bare discount factors',
    limit: discount,
    count: BIDS,
    unit: 'bids',
  });
}

/** Every scenario of six lots with five bidders each beside one exact addition a scenario. */
async function lotScenarios(): Promise<void> {
  const [lots, bidders] = [6, 5];
  const input = {
    v: 1,
    lots: Array.from({ length: lots }, (_, lot) => ({
      id: `L${lot}`,
      bids: Array.from({ length: bidders }, (__, at) => ({
        bidder: `B${at}`,
        price: `${1000 + lot * 7 + at * 3}.5`,
      })),
    })),
    discounts: [{ bidder: 'B4', lots: ['L0', 'L1', 'L2'], off: { as: 'percent', value: '5' } }],
  };
  const scenarios = (bidders + 1) ** lots;
  const price = Rational.from('1000.5');
  const add = (): void => {
    for (let scenario = 0; scenario < scenarios; scenario++) price.add(price);
  };
  await measure({
    name: 'award of lots together',
    ours: () => void awardLots(input),
    limitName: 'one bare addition a scenario',
    limit: add,
    count: scenarios,
    unit: 'scenarios',
  });
}
