import { unreachable } from '#kernel';
import { type Opening, type TrusteeAtOpening, trusteeAt } from './opening.js';
import type { OpeningEvent } from './opening-event.js';

/** The opening after an event. Never refuses: what has happened has happened. */
export function evolve(opening: Opening, event: OpeningEvent): Opening {
  switch (event.type) {
    case 'trustee-attended': {
      const stage = opening.stage === 'waiting' ? 'in-session' : opening.stage;
      return withTrustee({ ...opening, stage }, event.trusteeIndex, { attendedAt: event.at });
    }
    case 'shares-taken':
      return withTrustee(opening, event.trusteeIndex, { given: event.given });
    case 'shares-given':
      return withTrustee(opening, event.trusteeIndex, { completedAt: event.at });
    case 'share-refused': {
      const { type: _type, ...refused } = event;
      return { ...opening, refused: [...opening.refused, refused] };
    }
    case 'quorum-failed':
      return { ...opening, stage: 'rescue', rescueUntil: event.rescueUntil };
    case 'rescue-revealed':
      return { ...opening, rescued: [...opening.rescued, event.alias] };
    case 'combining-begun':
      return { ...opening, stage: 'combining', openedBy: event.openedBy };
    case 'stored-envelopes-checked':
      return { ...opening, checkedAt: event.at };
    case 'opening-progressed':
      return opening;
    case 'opening-halted': {
      const { at, fault, manifestSha256s } = event;
      return { ...opening, stage: 'halted', checkedAt: null, halted: { at, fault, manifestSha256s } };
    }
    case 'opening-resumed':
      return { ...opening, stage: 'combining', halted: null };
    case 'opening-prolonged': {
      const { until } = event;
      return opening.stage === 'rescue' ? { ...opening, rescueUntil: until } : { ...opening, endsAt: until };
    }
    case 'envelopes-opened': {
      const stage = opening.openedBy === 'bidders' ? 'opened-by-bidders' : 'opened';
      return { ...opening, stage, openedAt: event.at };
    }
    case 'opening-failed':
      return { ...opening, stage: 'failed' };
    default:
      return unreachable(event);
  }
}

function withTrustee(opening: Opening, trusteeIndex: number, change: Partial<TrusteeAtOpening>): Opening {
  const changed = { ...trusteeAt(opening, trusteeIndex), ...change };
  const isKnown = opening.trustees.some((one) => one.trusteeIndex === trusteeIndex);
  const trustees = isKnown
    ? opening.trustees.map((one) => (one.trusteeIndex === trusteeIndex ? changed : one))
    : [...opening.trustees, changed];
  return { ...opening, trustees };
}
