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
export const before = (stage: Way[number]): readonly Stage[] => WAY.slice(0, WAY.indexOf(stage));

/** Refuses with `tender.wrong-stage` unless the tender is at one of the stages. */
export function requireStage(tender: Tender, ...stages: readonly Stage[]): void {
  if (stages.includes(tender.stage)) return;
  throw new DomainError(
    'tender.wrong-stage',
    `The tender is ${tender.stage}; this can be done only when it is ${stages.join(' or ')}.`,
    { stage: tender.stage, possibleAt: stages },
  );
}

/**
 * Moves forward to a stage that another service reports. Reports may come twice or out of order, so a tender that
 * is already further, or has ended, stays where it is.
 */
export function reached(tender: Tender, stage: Stage): Tender {
  const way: readonly Stage[] = WAY;
  const from = way.indexOf(tender.stage);
  const to = way.indexOf(stage);
  return from < 0 || from >= to ? tender : { ...tender, stage };
}
