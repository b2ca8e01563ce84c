import { Rational } from '#kernel';
import type { Draws, TraceNode } from '../evaluation-types.js';
import type { Rank, RankKey } from '../method-rank.js';
import { traced } from '../trace-node.js';
import { labelOf, numberOf, type Stated } from './stated.js';

export interface RankedBid {
  readonly id: string;
  /** As evaluated. */
  readonly price: Rational;
  readonly offered: Rational;
  readonly technical: Rational | null;
  readonly total: Rational;
  readonly receivedAt: string | null;
  readonly stated: Stated;
}

export interface Ranking {
  /** Best first, then by id within a tie. */
  readonly places: readonly { id: string; rank: number; isTied: boolean }[];
  /** A key was passed over in a tie because a tied bid has no value for it. */
  readonly hasUnavailableKey: boolean;
  readonly trace: readonly TraceNode[];
}

type Value = Rational | string;

const compare = (a: Value, b: Value): number =>
  typeof a === 'string' || typeof b === 'string' ? (a < b ? -1 : a > b ? 1 : 0) : a.compare(b);

/**
 * Ranks by the key list: total ↓, lowest-total ↑, price ↑, highest-price ↓, offered ↑, distance from the benchmark ↑,
 * technical ↓, receivedAt ↑, draw (recorded order), a figure, or a class of bidders first. Each key only splits the ties that earlier keys left, and only where every tied bid has a value for it. `ties: 'rounded'` compares
 * totals and technical scores under the declared rounding. What stays tied shares a rank (1, 1, 3) and is flagged;
 * the order in which bids came in never decides.
 */
export function rankNode(
  bids: readonly RankedBid[],
  rule: Rank,
  draws: Draws,
  benchmark: Rational | null,
): Ranking {
  let groups: (readonly RankedBid[])[] = bids.length > 0 ? [bids] : [];
  let hasUnavailableKey = false;
  const decidedBy = new Map<string, string[]>();
  for (const key of rule.keys) {
    groups = groups.flatMap((group) => {
      if (group.length < 2) return [group];
      const parts = split(group, (bid) => keyValue(bid, key, { rule, draws, benchmark }), isDescending(key));
      if (!parts) hasUnavailableKey = true;
      for (const { id } of parts ? group : [])
        decidedBy.set(id, [...(decidedBy.get(id) ?? []), keyName(key)]);
      return parts ?? [group];
    });
  }
  const places: { id: string; rank: number; isTied: boolean }[] = [];
  const trace: TraceNode[] = [];
  for (const group of groups) {
    const rank = places.length + 1;
    for (const bid of group) {
      places.push({ id: bid.id, rank, isTied: group.length > 1 });
      trace.push(placeNode(bid, rank, group.length > 1, decidedBy.get(bid.id) ?? []));
    }
  }
  return { places, hasUnavailableKey, trace };
}

/** Groups of equal value in order, or null where a value is missing. Keeps the order of ids within a group. */
function split(
  group: readonly RankedBid[],
  valueOf: (bid: RankedBid) => Value | null,
  descending: boolean,
): RankedBid[][] | null {
  const valued: { bid: RankedBid; value: Value }[] = [];
  for (const bid of group) {
    const value = valueOf(bid);
    if (value === null) return null;
    valued.push({ bid, value });
  }
  valued.sort((a, b) => (descending ? compare(b.value, a.value) : compare(a.value, b.value)));
  const parts: RankedBid[][] = [];
  for (const [index, { bid, value }] of valued.entries()) {
    const before = valued[index - 1];
    if (before && compare(before.value, value) === 0) parts.at(-1)!.push(bid);
    else parts.push([bid]);
  }
  return parts;
}

/** As it stands in the trace. */
export function keyName(key: RankKey): string {
  if (typeof key === 'string') return key;
  return 'figure' in key ? `figure:${key.figure}:${key.order}` : `label:${key.label}`;
}

function isDescending(key: RankKey): boolean {
  if (typeof key !== 'string') return 'figure' in key && key.order === 'highest';
  return key === 'total' || key === 'technical' || key === 'highest-price';
}

interface KeyContext {
  readonly rule: Rank;
  readonly draws: Draws;
  readonly benchmark: Rational | null;
}

function keyValue(bid: RankedBid, key: RankKey, { rule, draws, benchmark }: KeyContext): Value | null {
  const { ties, rounding } = rule;
  const settle = (value: Rational): Rational =>
    ties === 'rounded' && rounding ? value.round(rounding) : value;
  if (typeof key !== 'string') {
    if ('figure' in key) return numberOf(bid.stated, key.figure);
    return key.first.includes(labelOf(bid.stated, key.label)) ? Rational.ZERO : Rational.ONE;
  }
  switch (key) {
    case 'total':
    case 'lowest-total':
      return settle(bid.total);
    case 'technical':
      return bid.technical && settle(bid.technical);
    case 'price':
    case 'highest-price':
      return bid.price;
    case 'offered':
      return bid.offered;
    case 'distance':
      return benchmark && bid.price.sub(benchmark).abs();
    case 'receivedAt':
      return bid.receivedAt;
    case 'draw': {
      const place = draws.order ? draws.order.indexOf(bid.id) : -1;
      return place < 0 ? null : Rational.of(BigInt(place));
    }
  }
}

function placeNode(bid: RankedBid, rank: number, isTied: boolean, keys: readonly string[]): TraceNode {
  return traced({
    rule: 'rank',
    subject: bid.id,
    inputs: {
      total: bid.total.toString(),
      price: bid.price.toString(),
      ...(bid.technical ? { technical: bid.technical.toString() } : {}),
      ...(bid.receivedAt === null ? {} : { receivedAt: bid.receivedAt }),
      keys: keys.join(' '),
      tied: String(isTied),
    },
    exact: Rational.of(BigInt(rank)),
    sentence: () => ({
      zh: `${bid.id} 第 ${rank} 名${isTied ? '（并列，规则未能区分）' : ''}`,
      en: `${bid.id} ranks ${rank}${isTied ? ' (tie that the rules do not resolve)' : ''}`,
    }),
  }).node;
}
