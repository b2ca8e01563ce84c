import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Rational, type Rounding } from '#kernel';
import {
  checkMethod,
  evaluate,
  evaluationDocument,
  parseMethod,
  recompute,
  type Bid,
  type Draws,
  type EvaluationResult,
  type ScoreSheet,
  type TraceNode,
} from './index.js';

interface Value {
  of: 'benchmark' | 'priceScore' | 'total' | 'percent' | 'node';
  bid?: string;
  /** Of a node of the trace: its rule, and which input of it where it is not the value. */
  rule?: string;
  input?: string;
  /** Further inputs that the node must have. */
  where?: Record<string, string>;
  exact: string;
  /** What the publication prints, and the rounding that it prints with. */
  published?: string;
  publishedRounding?: Rounding;
  /** The value that counts after the method's own rounding. */
  settled?: string;
  /** What a known wrong reading gives. */
  wrong?: string;
}
interface Case {
  method: unknown;
  bids: Bid[];
  panel: ScoreSheet[];
  draws: Draws;
  values: Value[];
  ranks?: Record<string, number>;
  reasons?: Record<string, string[]>;
  flags?: string[];
  outcome?: string;
  /** Whom the rule names and the contract price. */
  award?: { winner: string | null; price: string | null };
  /** Raised flags by id: the subjects. */
  advisory?: Record<string, string[]>;
  evaluated?: Record<string, string>;
}
interface Vector {
  id: string;
  source?: string;
  rule?: string;
  cases: Case[];
}

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8')) as T;

const STAGE = { benchmark: 'bench.', priceScore: 'score.', percent: 'score.', total: 'combine.' } as const;

function nodeOf({ trace }: EvaluationResult, { of, bid, rule: wanted, where }: Value): TraceNode | undefined {
  return trace.find(({ rule, subject, inputs }) => {
    const isRule = of === 'node' ? rule === wanted : rule.startsWith(STAGE[of]);
    const fits = Object.entries(where ?? {}).every(([key, value]) => inputs[key] === value);
    return isRule && fits && subject === (bid ?? 'all');
  });
}

function valueOf(result: EvaluationResult, value: Value): Rational {
  const node = nodeOf(result, value);
  const input = value.of === 'percent' ? 'percent' : value.input;
  return Rational.from((input === undefined ? node?.exact : node?.inputs[input]) ?? 'missing');
}

function settledOf(result: EvaluationResult, value: Value): string | undefined {
  const { of, bid } = value;
  if (of === 'node') {
    const node = nodeOf(result, value);
    return node?.rounded ? Rational.from(node.rounded).toString() : node?.exact;
  }
  if (of === 'benchmark') return result.benchmark?.exact;
  const own = result.bids.find(({ id }) => id === bid);
  return of === 'total' ? own?.total?.exact : own?.priceScore?.exact;
}

function checkCase({ method: json, bids, panel, draws, ...expected }: Case): void {
  const method = parseMethod(json);
  expect(checkMethod(method).filter(({ severity }) => severity === 'error')).toEqual([]);
  const document = evaluationDocument({ method, bids, panel, draws });
  const { result } = document;
  expect(result.outcome).toBe(expected.outcome ?? 'ranked');
  for (const value of expected.values) {
    const ours = valueOf(result, value);
    expect([value.of, value.bid, ours.toString()]).toEqual([value.of, value.bid, value.exact]);
    if (value.published !== undefined && value.publishedRounding) {
      expect(ours.round(value.publishedRounding).toString()).toBe(Rational.from(value.published).toString());
    }
    const settled = settledOf(result, value);
    if (value.settled !== undefined) expect(settled).toBe(Rational.from(value.settled).toString());
    if (value.wrong !== undefined) expect(settled).not.toBe(Rational.from(value.wrong).toString());
  }
  for (const { id, rank, reasons } of result.bids) {
    if (expected.ranks) expect([id, rank]).toEqual([id, expected.ranks[id] ?? null]);
    if (expected.reasons?.[id]) expect([id, reasons]).toEqual([id, expected.reasons[id]]);
  }
  if (expected.award) {
    const { winner, price } = result.award ?? {};
    expect({ winner, price: price?.exact ?? null }).toEqual(expected.award);
  }
  if (expected.advisory) {
    const raised: Record<string, string[]> = {};
    for (const { id, subject } of result.advisory ?? []) (raised[id] ??= []).push(subject);
    expect(raised).toEqual(expected.advisory);
  }
  for (const [id, exact] of Object.entries(expected.evaluated ?? {})) {
    expect([id, result.bids.find((bid) => bid.id === id)?.evaluated?.exact]).toEqual([id, exact]);
  }
  if (expected.flags) expect(result.flags).toEqual(expected.flags);
  expect(evaluate({ method, bids: [...bids].reverse(), panel: [...panel].reverse(), draws })).toEqual(result);
  expect(recompute(JSON.parse(JSON.stringify(document)))).toEqual(result);
}

describe('published examples', () => {
  it.each(read<Vector[]>('published').map((vector) => [vector.id, vector] as const))(
    '%s: exact value ours, published value under the published rounding',
    (_id, { cases }) => {
      expect(cases.length).toBeGreaterThan(0);
      for (const one of cases) checkCase(one);
    },
  );

  it('accounts for every known example once: covered, or listed with the reason', () => {
    const covered = read<Vector[]>('published').map(({ id }) => id);
    const rest = read<{ id: string; reason: string }[]>('not-covered');
    expect(rest.every(({ reason }) => reason.length > 20)).toBe(true);
    const ids = [...covered, ...rest.map(({ id }) => id)];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(127);
  });
});

describe('traps', () => {
  it.each(read<Vector[]>('traps').map((vector) => [vector.id, vector.rule, vector] as const))(
    '%s: %s',
    (_id, _rule, { cases }) => {
      for (const one of cases) checkCase(one);
    },
  );
});
