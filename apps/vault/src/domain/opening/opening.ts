import { addMs, type Instant, type Uuid } from '#kernel';
import type { EnvelopeId, OpeningFault, OpeningStage } from '#contracts';
import type { OpeningRules } from './opening-rules.js';

/** One trustee's part in the opening. */
export interface TrusteeAtOpening {
  readonly trusteeIndex: number;
  readonly attendedAt: Instant | null;
  /** Verified shares so far. */
  readonly given: number;
  /** Set once there is a share for every envelope: only then they count. */
  readonly completedAt: Instant | null;
}

export interface RefusedShare {
  readonly trusteeIndex: number;
  readonly manifestSha256: string;
  readonly code: string;
  readonly at: Instant;
}

export interface Halt {
  readonly at: Instant;
  readonly fault: OpeningFault;
  readonly manifestSha256s: readonly string[];
}

/** The window in which bidders release keys of their own, before the session. */
export interface BidderKeys {
  readonly until: Instant;
  /** Aliases; hidden until the window is over. */
  readonly released: readonly string[];
  readonly closedAt: Instant | null;
  /** Envelopes whose keys were not released; counted when the window is over. */
  readonly missing: number;
  /** How long the session lasts that follows. */
  readonly sessionMs: number;
}

/** The opening of all envelopes of one kind of one tender, as its events have made it. */
export interface Opening {
  readonly tenderId: Uuid;
  readonly envelopeId: EnvelopeId;
  readonly stage: OpeningStage;
  /** Envelopes that are to be opened, all or none. */
  readonly of: number;
  /** Trustees whose complete shares are needed. */
  readonly quorum: number;
  readonly opensAt: Instant;
  /** Null where the procedure asks for no keys of bidders' own. */
  readonly keys: BidderKeys | null;
  /** End of the session: until then the quorum has to be there. */
  readonly endsAt: Instant;
  readonly rescueMs: number;
  readonly rescueUntil: Instant | null;
  /** In the order in which they came. */
  readonly trustees: readonly TrusteeAtOpening[];
  readonly refused: readonly RefusedShare[];
  /** Aliases whose rescue identity is there; hidden until the window ends. */
  readonly rescued: readonly string[];
  readonly openedBy: 'trustees' | 'bidders' | null;
  /** When every stored envelope was found to be the one that was received. */
  readonly checkedAt: Instant | null;
  readonly halted: Halt | null;
  readonly openedAt: Instant | null;
}

/** A kind of envelopes may be opened from now on: nobody has come yet. Keys of bidders' own are awaited first. */
export function waitingOpening(
  of: Pick<Opening, 'tenderId' | 'envelopeId' | 'of' | 'quorum' | 'opensAt'>,
  { sessionMs, rescueMs, bidderKeyMs }: OpeningRules,
): Opening {
  const until = bidderKeyMs === null ? null : addMs(of.opensAt, bidderKeyMs);
  return {
    ...of,
    stage: until === null ? 'waiting' : 'bidder-keys',
    keys: until === null ? null : { until, released: [], closedAt: null, missing: 0, sessionMs },
    endsAt: addMs(until ?? of.opensAt, sessionMs),
    rescueMs,
    rescueUntil: null,
    trustees: [],
    refused: [],
    rescued: [],
    openedBy: null,
    checkedAt: null,
    halted: null,
    openedAt: null,
  };
}

export const trusteeAt = (opening: Opening, trusteeIndex: number): TrusteeAtOpening =>
  opening.trustees.find((one) => one.trusteeIndex === trusteeIndex) ?? {
    trusteeIndex,
    attendedAt: null,
    given: 0,
    completedAt: null,
  };

/** Trustees who have given a share for every envelope. */
export const presentTrustees = ({ trustees }: Opening): number[] =>
  trustees
    .filter(({ completedAt }) => completedAt !== null)
    .map(({ trusteeIndex }) => trusteeIndex)
    .sort((a, b) => a - b);

export const attendedTrustees = ({ trustees }: Opening): number[] =>
  trustees
    .filter(({ attendedAt }) => attendedAt !== null)
    .map(({ trusteeIndex }) => trusteeIndex)
    .sort((a, b) => a - b);

/** Whether identities and contents are public. */
export const isOpened = ({ stage }: Opening): boolean => stage === 'opened' || stage === 'opened-by-bidders';
