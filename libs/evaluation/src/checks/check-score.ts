import { Rational } from '#kernel';
import type { Finding } from '../evaluation-types.js';
import type { Score, ScoreOf, Segment } from '../method-score.js';
import { walk } from '../nodes/score-deviation.js';
import { error, warning } from './finding.js';

/** floor ≤ cap; piecewise rules ordered and reaching to infinity; jumps and rises with the price warned. */
export function checkScore(score: Score): Finding[] {
  const findings: Finding[] = [];
  const cap = Rational.from(score.cap ?? score.full);
  if (cap.lessThan(Rational.from(score.floor ?? '0'))) {
    findings.push(
      error('score.floor-over-cap', 'score.floor', '得分下限高于上限。', 'The floor is above the cap.'),
    );
  }
  if (score.rule === 'linear' && Rational.from(score.full).lessThan(Rational.from(score.atMax ?? '0'))) {
    findings.push(
      error(
        'score.at-max-over-full',
        'score.atMax',
        '最高报价得分高于满分。',
        'The highest price scores more than full.',
      ),
    );
  }
  if (score.rule === 'deviation') {
    findings.push(...checkSegments(score, 'above'), ...checkSegments(score, 'below'));
  }
  if (score.rule === 'set-points') findings.push(...checkPoints(score));
  return findings;
}

function checkSegments(score: ScoreOf<'deviation'>, side: 'above' | 'below'): Finding[] {
  const findings: Finding[] = [];
  const segments = score[side];
  const path = `score.${side}`;
  let start = Rational.ZERO;
  for (const [index, { to }] of segments.entries()) {
    const isLast = index === segments.length - 1;
    const end = to === null ? null : Rational.from(to);
    if ((end === null) !== isLast || (end && end.atMost(start))) {
      findings.push(
        error(
          'score.segments-unordered',
          `${path}.${index}`,
          '分段应依次升序，且仅最后一段无上限。',
          'Segments must ascend, and only the last one is open.',
        ),
      );
      return findings;
    }
    start = end ?? start;
  }
  return [...findings, ...checkCourse(Rational.from(score.base), segments, side)];
}

/** Dearer must not score more: above the benchmark the score falls outwards; below, a rise outwards is expected. */
function checkCourse(base: Rational, segments: readonly Segment[], side: 'above' | 'below'): Finding[] {
  const findings: Finding[] = [];
  let before = base;
  for (const [index, segment] of segments.entries()) {
    const path = `score.${side}.${index}`;
    const outwards =
      'set' in segment
        ? Rational.from(segment.set).compare(before)
        : Rational.from(segment.perPercent).sign();
    if ('set' in segment && outwards !== 0) {
      findings.push(
        warning(
          'score.discontinuous',
          path,
          '得分在分段处跳变。',
          'The score jumps where this segment starts.',
        ),
      );
    }
    if (side === 'above' ? outwards > 0 : outwards < 0) {
      findings.push(
        warning(
          'score.not-monotone',
          path,
          '较低报价可能得分更低。',
          'A lower price may score less than a higher one.',
        ),
      );
    }
    if (segment.to !== null)
      before = walk(base, Rational.from(segment.to), closed(segments.slice(0, index + 1)));
  }
  return findings;
}

const closed = (segments: readonly Segment[]): Segment[] =>
  segments.map((segment) => ({ ...segment, toIncluded: true }));

function checkPoints({ points }: ScoreOf<'set-points'>): Finding[] {
  const findings: Finding[] = [];
  for (const [index, { percent, score }] of points.entries()) {
    const before = points[index - 1];
    if (!before) continue;
    const path = `score.points.${index}`;
    if (Rational.from(percent).atMost(Rational.from(before.percent))) {
      findings.push(
        error('score.points-unordered', path, '设定点未按升序排列。', 'Points must ascend by percent.'),
      );
    }
    if (Rational.from(before.score).lessThan(Rational.from(score))) {
      findings.push(
        warning(
          'score.not-monotone',
          path,
          '较低报价可能得分更低。',
          'A lower price may score less than a higher one.',
        ),
      );
    }
  }
  return findings;
}
