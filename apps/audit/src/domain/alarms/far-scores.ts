import { Rational, sum } from '#kernel';
import { quantile } from '#evaluation';
import { type AlarmRule, type FoundAlarm, indicesOf, type Scene, type WatchedAct } from './alarm-rule.js';

interface Mark {
  readonly expert: string;
  readonly total: Rational;
}

/** An exact sum of the marks of one sheet for one bid; undefined where it is no sheet. */
function markOf(sheet: unknown): (Mark & { readonly bid: string }) | undefined {
  if (typeof sheet !== 'object' || sheet === null) return undefined;
  const { expert, bid, scores } = sheet as Record<string, unknown>;
  if (typeof expert !== 'string' || typeof bid !== 'string') return undefined;
  if (typeof scores !== 'object' || scores === null) return undefined;
  const values = Object.values(scores).map((score) =>
    typeof score === 'string' ? Rational.parse(score) : undefined,
  );
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? { expert, bid, total: sum(known) } : undefined;
}

function marksByBid(locks: readonly WatchedAct[]): Map<string, Mark[]> {
  const byBid = new Map<string, Mark[]>();
  for (const { data } of locks) {
    const sheets: readonly unknown[] = Array.isArray(data['sheets']) ? data['sheets'] : [];
    for (const mark of sheets.map(markOf)) {
      if (mark) byBid.set(mark.bid, [...(byBid.get(mark.bid) ?? []), mark]);
    }
  }
  return byBid;
}

/**
 * A mark beyond Q1 − times × IQR or Q3 + times × IQR of the panel's for the same bid, by points that are worth a word.
 * Quartiles by Hyndman–Fan type 8, as in docs/protocol/evaluation.md (`fence`); exact, on sums of a sheet's criteria.
 */
export const farScores: AlarmRule = {
  name: 'far-scores',
  scope: 'tender',
  reads: ['technical-scoring.scores-locked'],
  decide: ({ acts, settings }: Scene): FoundAlarm[] => {
    const locks = acts.filter(({ type }) => type === 'technical-scoring.scores-locked');
    const parts = locks[0]?.data['parts'];
    if (locks.length === 0 || locks.length !== parts) return [];
    const times = Rational.from(settings.alarmScoreFenceTimes);
    const least = Rational.from(settings.alarmScorePointsMin);
    return [...marksByBid(locks)].flatMap(([bid, marks]) => {
      if (marks.length < settings.alarmScoreExpertsMin) return [];
      const totals = marks.map(({ total }) => total);
      const [q1, q3] = [quantile(totals, Rational.of(1n, 4n), 8), quantile(totals, Rational.of(3n, 4n), 8)];
      const room = q3.sub(q1).mul(times).max(least);
      const [low, high] = [q1.sub(room), q3.add(room)];
      return marks
        .filter(({ total }) => total.lessThan(low) || high.lessThan(total))
        .map(({ expert, total }): FoundAlarm => {
          const values = { expertId: expert, alias: bid, total: `${total}`, low: `${low}`, high: `${high}` };
          return {
            rule: farScores.name,
            severity: 'warning',
            tenderId: locks[0]!.tenderId,
            key: `${farScores.name} ${locks[0]!.tenderId} ${bid} ${expert}`,
            evidence: { entries: indicesOf(locks), values: { ...values, experts: marks.length } },
          };
        });
    });
  },
};
