import type { Instant } from '#kernel';
import type { BidAct, SignedManifest } from './bid-act.js';

/** What has come of one act since it was received. */
export interface BidProgress {
  readonly act: BidAct;
  /** The proofs of its deals: looked at before the first body is taken. */
  readonly proofs: 'unverified' | 'verified' | 'refused';
  /** Why the proofs were refused. */
  readonly refusedCode: string | null;
  /** When the last of its bodies was stored; a withdrawal has none and is accepted as it comes. */
  readonly acceptedAt: Instant | null;
}

/** What a bidder sees of the own bid. A bid whose body never came is a bid that was never made. */
export type BidStatus = 'none' | 'committed' | 'accepted' | 'withdrawn' | 'refused';

/** A fresh act: a withdrawal takes effect at once, a bid once its bodies are stored. */
export const begun = (act: BidAct): BidProgress => ({
  act,
  proofs: act.kind === 'withdraw' ? 'verified' : 'unverified',
  refusedCode: null,
  acceptedAt: act.kind === 'withdraw' ? act.receivedAt : null,
});

export function statusOf(last: BidProgress | undefined): BidStatus {
  if (last === undefined) return 'none';
  if (last.proofs === 'refused') return 'refused';
  if (last.acceptedAt === null) return 'committed';
  return last.act.kind === 'withdraw' ? 'withdrawn' : 'accepted';
}

/** The manifest of the act that commits to a body of this hash and size. */
export const committedTo = (
  { act }: BidProgress,
  body: { readonly sha256: string; readonly size: number },
): SignedManifest | undefined =>
  act.manifests.find(({ age }) => age?.sha256 === body.sha256 && age.size === body.size);

/** Bodies that the act still waits for. */
export const bodiesMissing = ({ act }: BidProgress, stored: ReadonlySet<string>): SignedManifest[] =>
  act.manifests.filter(({ age }) => age !== null && !stored.has(age.sha256));

/**
 * The acts that count when the time is over: of each bidder the last that was accepted, unless it is a withdrawal.
 * A later version that never became complete leaves the one before it in place.
 */
export function finalActs(progress: readonly BidProgress[]): BidAct[] {
  const last = new Map<string, BidAct>();
  for (const { act, acceptedAt } of progress) {
    if (acceptedAt === null) continue;
    const known = last.get(act.organisationId);
    if (!known || known.seq < act.seq) last.set(act.organisationId, act);
  }
  return [...last.values()].filter(({ kind }) => kind === 'seal');
}
