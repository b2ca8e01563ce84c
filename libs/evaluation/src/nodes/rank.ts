import { Rational } from '#kernel';
import type { Draws, TraceNode } from '../evaluation-types.js';
import type { Rank, RankKey } from '../method.js';
import { traced } from '../trace-node.js';

export interface RankedBid {
  readonly id: string;
  readonly price: Rational;
  readonly technical: Rational | null;
  readonly total: Rational;
  readonly receivedAt: string | null;
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
 * Ranks by the key list: total ↓, price ↑, technical ↓, receivedAt ↑, draw (recorded order). Each key only splits
 * the ties that earlier keys left, and only where every tied bid has a value for it. `ties: 'rounded'` compares
 * totals and technical scores under the declared rounding. What stays tied shares a rank (1, 1, 3) and is flagged;
 * the order in which bids came in never decides.
 */
export function rankNode(bids: readonly RankedBid[], rule: Rank, draws: Draws): Ranking {
  let groups: (readonly RankedBid[])[] = bids.length > 0 ? [bids] : [];
  let hasUnavailableKey = false;
  const decidedBy = new Map<string, RankKey[]>();
  for (const key of rule.keys) {
    groups = groups.flatMap((group) => {
      if (group.length < 2) return [group];
      const parts = split(
        group,
        (bid) => keyValue(bid, key, rule, draws),
        key === 'total' || key === 'technical',
      );
      if (!parts) hasUnavailableKey = true;
      for (const { id } of parts ? group : []) decidedBy.set(id, [...(decidedBy.get(id) ?? []), key]);
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
  isDescending: boolean,
): RankedBid[][] | null {
  const valued: { bid: RankedBid; value: Value }[] = [];
  for (const bid of group) {
    const value = valueOf(bid);
    if (value === null) return null;
    valued.push({ bid, value });
  }
  valued.sort((a, b) => (isDescending ? compare(b.value, a.value) : compare(a.value, b.value)));
  const parts: RankedBid[][] = [];
  for (const [index, { bid, value }] of valued.entries()) {
    const before = valued[index - 1];
    if (before && compare(before.value, value) === 0) parts.at(-1)!.push(bid);
    else parts.push([bid]);
  }
  return parts;
}

function keyValue(bid: RankedBid, key: RankKey, { ties, rounding }: Rank, { order }: Draws): Value | null {
  const settle = (value: Rational): Rational =>
    ties === 'rounded' && rounding ? value.round(rounding) : value;
  switch (key) {
    case 'total':
      return settle(bid.total);
    case 'technical':
      return bid.technical && settle(bid.technical);
    case 'price':
      return bid.price;
    case 'receivedAt':
      return bid.receivedAt;
    case 'draw': {
      const place = order ? order.indexOf(bid.id) : -1;
      return place < 0 ? null : Rational.of(BigInt(place));
    }
  }
}

function placeNode(bid: RankedBid, rank: number, isTied: boolean, keys: readonly RankKey[]): TraceNode {
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
