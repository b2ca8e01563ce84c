import { addMs, type Instant, invariant, unreachable } from '#kernel';
import { type BidderKeys, type Opening, type TrusteeAtOpening, trusteeAt } from './opening.js';
import type { OpeningEvent } from './opening-event.js';

/** The opening after an event. Never refuses: what has happened has happened. */
export function evolve(opening: Opening, event: OpeningEvent): Opening {
  switch (event.type) {
    case 'bidder-key-released': {
      const keys = keysOf(opening);
      return { ...opening, keys: { ...keys, released: [...keys.released, event.alias] } };
    }
    case 'bidder-keys-closed':
      return withKeysClosed(opening, event.at);
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
    case 'opening-prolonged':
      return withProlonged(opening, event.until);
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

function keysOf({ keys }: Opening): BidderKeys {
  invariant(keys !== null, 'keys of bidders’ own are awaited');
  return keys;
}

/** From here on only envelopes count whose keys were released; the session has its whole time. */
function withKeysClosed(opening: Opening, at: Instant): Opening {
  const keys = keysOf(opening);
  const of = keys.released.length;
  return {
    ...opening,
    stage: 'waiting',
    of,
    endsAt: addMs(at, keys.sessionMs),
    keys: { ...keys, closedAt: at, missing: opening.of - of },
  };
}

function withProlonged(opening: Opening, until: Instant): Opening {
  if (opening.stage === 'rescue') return { ...opening, rescueUntil: until };
  if (opening.stage !== 'bidder-keys') return { ...opening, endsAt: until };
  const keys = { ...keysOf(opening), until };
  return { ...opening, keys, endsAt: addMs(until, keys.sessionMs) };
}

function withTrustee(opening: Opening, trusteeIndex: number, change: Partial<TrusteeAtOpening>): Opening {
  const changed = { ...trusteeAt(opening, trusteeIndex), ...change };
  const isKnown = opening.trustees.some((one) => one.trusteeIndex === trusteeIndex);
  const trustees = isKnown
    ? opening.trustees.map((one) => (one.trusteeIndex === trusteeIndex ? changed : one))
    : [...opening.trustees, changed];
  return { ...opening, trustees };
}
