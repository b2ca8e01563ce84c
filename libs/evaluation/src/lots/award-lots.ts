import { Rational, sum } from '#kernel';
import { byText, refuseInput } from '../evaluation-input.js';
import type { ExactValue, TraceNode } from '../evaluation-types.js';
import { exactValue, show, traced } from '../trace-node.js';
import { lotsSchema, type LotsInput } from './lots-schema.js';
import { scenarioCost, type Scenario } from './scenario-cost.js';

/** Scenarios that are enumerated at most; more are refused, never guessed at. */
export const SCENARIOS_MAX = 100_000;

const TIED_SHOWN = 20;

export interface LotsAward {
  readonly v: 1;
  /** Winner by lot, null where nobody can have it; null as a whole where two scenarios are equally good. */
  readonly winners: Readonly<Record<string, string | null>> | null;
  /** Total of the best scenario after discounts. */
  readonly total: ExactValue | null;
  /** The best scenarios, at most 20: more than one is a tie, which people decide. */
  readonly best: readonly Readonly<Record<string, string | null>>[];
  /** How many scenarios are equally good. */
  readonly tied: string;
  readonly scenarios: string;
  readonly trace: readonly TraceNode[];
}

/**
 * Awards lots together: every scenario that the bidders' conditions allow is enumerated (each lot to one of its bidders or
 * to nobody), the one with most lots awarded and then the lowest total after conditional discounts wins. Of the discounts
 * that apply to a bidder at once the one worth most counts. Equal scenarios are a tie and name nobody.
 * Throws `evaluation.input-invalid`: malformed input, unknown lots, a bidder twice in a lot, too many scenarios.
 * Source: World Bank SBD for multiple contracts (least cost combination with cross-discounts); 2014/24/EU art. 46.
 */
export function awardLots(json: unknown): LotsAward {
  const input = readLots(json);
  const best: { scenario: Scenario; total: Rational }[] = [];
  let count = 0n;
  let tied = 0n;
  for (const scenario of scenariosOf(input)) {
    count += 1n;
    const total = scenarioCost(input, scenario);
    if (!total) continue;
    const side = best[0] ? better(scenario, total, best[0].scenario, best[0].total) : -1;
    if (side > 0) continue;
    if (side < 0) [best.length, tied] = [0, 0n];
    tied += 1n;
    if (best.length < TIED_SHOWN) best.push({ scenario, total });
  }
  const named = best.map(({ scenario }) =>
    Object.fromEntries(scenario.map(({ lot, bidder }) => [lot, bidder])),
  );
  const first = best[0];
  return {
    v: 1,
    winners: named.length === 1 ? named[0]! : null,
    total: first ? exactValue(first.total, undefined, 2) : null,
    best: named,
    tied: tied.toString(),
    scenarios: count.toString(),
    trace: best.map(({ scenario, total }) => bestNode(scenario, total, count)),
  };
}

function readLots(json: unknown): LotsInput {
  const parsed = lotsSchema.safeParse(json);
  if (!parsed.success) {
    const paths = parsed.error.issues.map(({ path }) => path.join('.') || '(document)');
    refuseInput(`The lots are wrong at: ${paths.join(', ')}.`, { paths });
  }
  const { lots, discounts = [], allOrNone = [] } = parsed.data;
  const ids = new Set(lots.map(({ id }) => id));
  if (ids.size !== lots.length) refuseInput('A lot occurs twice.');
  for (const { id, bids } of lots) {
    if (new Set(bids.map(({ bidder }) => bidder)).size !== bids.length)
      refuseInput(`A bidder occurs twice in lot ${id}.`, { lot: id });
  }
  for (const lot of [...discounts, ...allOrNone].flatMap((condition) => condition.lots)) {
    if (!ids.has(lot)) refuseInput(`There is no lot ${lot}.`, { lot });
  }
  const count = lots.reduce((product, { bids }) => product * BigInt(bids.length + 1), 1n);
  if (count > BigInt(SCENARIOS_MAX))
    refuseInput(`${count} scenarios are more than ${SCENARIOS_MAX}.`, { scenarios: count.toString() });
  return { ...parsed.data, lots: [...lots].sort((a, b) => byText(a.id, b.id)) };
}

function* scenariosOf({ lots }: LotsInput, at = 0): Generator<Scenario> {
  const lot = lots[at];
  if (!lot) {
    yield [];
    return;
  }
  const choices = [...lot.bids].sort((a, b) => byText(a.bidder, b.bidder));
  for (const rest of scenariosOf({ v: 1, lots }, at + 1)) {
    yield [{ lot: lot.id, bidder: null, price: null }, ...rest];
    for (const { bidder, price } of choices) {
      yield [{ lot: lot.id, bidder, price: Rational.from(price) }, ...rest];
    }
  }
}

/** Below 0: the first is better; more lots awarded, then the lower total. */
function better(a: Scenario, totalA: Rational, b: Scenario, totalB: Rational): number {
  const awarded = (scenario: Scenario): number => scenario.filter(({ bidder }) => bidder !== null).length;
  return awarded(b) - awarded(a) || totalA.compare(totalB);
}

function bestNode(scenario: Scenario, total: Rational, count: bigint): TraceNode {
  const given = scenario.map(({ lot, bidder }) => `${lot}→${bidder ?? '–'}`).join(', ');
  const plain = sum(scenario.map(({ price }) => price ?? Rational.ZERO));
  return traced({
    rule: 'award.lots',
    subject: 'all',
    inputs: {
      ...Object.fromEntries(scenario.map(({ lot, bidder }) => [`lot:${lot}`, bidder ?? ''])),
      before: plain.toString(),
      scenarios: count.toString(),
    },
    exact: total,
    sentence: (result) => ({
      zh: `${count} 种组合中最优：${given}，折扣前 ${show(plain)}，合计 ${result}`,
      en: `Best of ${count} scenarios: ${given}; ${show(plain)} before discounts, ${result} in all`,
    }),
  }).node;
}
