import { DomainError } from '#kernel';
import type { Stage, Way } from '#contracts';
import type { Tender } from './tender.js';

/** The way of a tender from draft to award, as the contract gives it; side states end it. */
const WAY: Way = [
  'draft',
  'published',
  'closed',
  'technical-opened',
  'scores-locked',
  'commercial-opened',
  'ranked',
  'standstill',
  'awarded',
];

/** The stages of the way that come before one, that one not included. */
export const before = (stage: Way[number]): readonly Tender['stage'][] => WAY.slice(0, WAY.indexOf(stage));

/** The stages of the way from one to another, both included. */
export const onTheWay = (from: Way[number], to: Way[number]): readonly Tender['stage'][] =>
  WAY.slice(WAY.indexOf(from), WAY.indexOf(to) + 1);

/** What everybody is shown: a suspended tender is that before anything else. */
export const shownStage = ({ stage, suspension }: Tender): Stage => (suspension ? 'suspended' : stage);

/** Refuses with `tender.wrong-stage` unless the tender is at one of the stages, with `tender.suspended` if it rests there. */
export function requireStage(tender: Tender, ...stages: readonly Tender['stage'][]): void {
  requireStageAtAll(tender, ...stages);
  if (tender.suspension === null) return;
  const { since, causes } = tender.suspension;
  const reasons = causes.map(({ reason }) => reason);
  throw new DomainError('tender.suspended', `The tender is suspended: ${reasons.join('; ')}.`, {
    since,
    reasons,
  });
}

/** As {@link requireStage}, suspended or not. */
export function requireStageAtAll(tender: Tender, ...stages: readonly Tender['stage'][]): void {
  if (stages.includes(tender.stage)) return;
  const stage = shownStage(tender);
  throw new DomainError(
    'tender.wrong-stage',
    `The tender is ${stage}; this can be done only when it is ${stages.join(' or ')}.`,
    { stage, possibleAt: stages },
  );
}

/**
 * Moves forward to a stage that another service reports. Reports may come twice or out of order, so a tender that
 * is already further, or has ended, stays where it is.
 */
export function reached(tender: Tender, stage: Way[number]): Tender {
  const way: readonly Stage[] = WAY;
  const from = way.indexOf(tender.stage);
  const to = way.indexOf(stage);
  return from < 0 || from >= to ? tender : { ...tender, stage };
}
