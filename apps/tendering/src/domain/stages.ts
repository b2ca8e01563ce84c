import { DomainError } from '#kernel';
import { type Stage } from '#contracts';
import type { Tender } from './tender.js';

/** The way of a tender from draft to award; side states end it. */
const WAY: readonly Stage[] = [
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
  const from = WAY.indexOf(tender.stage);
  const to = WAY.indexOf(stage);
  return from < 0 || from >= to ? tender : { ...tender, stage };
}
