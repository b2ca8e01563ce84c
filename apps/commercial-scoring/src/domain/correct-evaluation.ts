import { DomainError, type Instant, jcs, type Uuid } from '#kernel';
import { evaluationDocument } from '#evaluation';
import type { CommercialEvaluation } from './commercial-evaluation.js';
import type { Correction } from './correction.js';
import { requireGoingOn } from './going-on.js';
import { inputOf } from './run-evaluation.js';

/** Versions of one evaluation after the first: whoever needs more should begin anew. */
export const CORRECTIONS_MAX = 50;

/** The result that counts now. Throws `evaluation.not-yet`. */
export function requireResult({
  document,
}: CommercialEvaluation): NonNullable<CommercialEvaluation['document']> {
  if (document !== null) return document;
  throw new DomainError(
    'evaluation.not-yet',
    'The evaluation runs once the commercial envelopes are open and every price in question is decided on.',
  );
}

/**
 * A correction waits for a supervisor; nothing counts differently meanwhile. Throws `evaluation.not-yet`, `tender.suspended`,
 * `tender.wrong-stage`, `evaluation.fixed`, `correction.pending`, `correction.too-many`, `bid.unknown`, `correction.changes-nothing`.
 */
export function proposeCorrection(
  evaluation: CommercialEvaluation,
  correction: Correction,
): CommercialEvaluation {
  requireResult(evaluation);
  requireGoingOn(evaluation);
  const { proposal, corrections = [], offers } = evaluation;
  if (proposal)
    throw new DomainError('correction.pending', 'Another correction waits for a supervisor.', {
      correctionId: proposal.correctionId,
    });
  if (corrections.length >= CORRECTIONS_MAX)
    throw new DomainError(
      'correction.too-many',
      `An evaluation is corrected ${CORRECTIONS_MAX} times at most.`,
    );
  for (const { alias } of correction.changes)
    if (!offers!.some((offer) => offer.alias === alias))
      throw new DomainError('bid.unknown', `No offer ${alias} was opened.`, { alias });
  if (jcs(inputOf(withCorrection(evaluation, correction))) === jcs(inputOf(evaluation)))
    throw new DomainError('correction.changes-nothing', 'The bids count so already.');
  return { ...evaluation, proposal: correction };
}

/**
 * The next version, computed anew over the same offers and draws with all corrections so far. The former ones stay as they
 * were. Throws as {@link requireProposal}, and `correction.own` for who proposed it.
 */
export function confirmCorrection(
  evaluation: CommercialEvaluation,
  correctionId: Uuid,
  by: { readonly personId: Uuid; readonly now: Instant },
): CommercialEvaluation {
  const proposal = requireProposal(evaluation, correctionId);
  if (proposal.proposedBy === by.personId)
    throw new DomainError('correction.own', 'Somebody else than who proposed the correction confirms it.');
  const confirmed = { ...proposal, confirmedBy: by.personId, confirmedAt: by.now };
  const after = { ...withCorrection(evaluation, confirmed), proposal: null };
  return { ...after, document: evaluationDocument(inputOf(after)!), evaluatedAt: by.now };
}

/** Throws as {@link requireProposal}. */
export function refuseCorrection(evaluation: CommercialEvaluation, correctionId: Uuid): CommercialEvaluation {
  requireProposal(evaluation, correctionId);
  return { ...evaluation, proposal: null };
}

/** Throws `evaluation.not-yet`, `correction.unknown`, `tender.suspended`, `tender.wrong-stage`, `evaluation.fixed`. */
function requireProposal(evaluation: CommercialEvaluation, correctionId: Uuid): Correction {
  requireResult(evaluation);
  requireGoingOn(evaluation);
  const { proposal } = evaluation;
  if (proposal?.correctionId !== correctionId)
    throw new DomainError('correction.unknown', `No correction ${correctionId} waits for a supervisor.`);
  return proposal;
}

const withCorrection = (evaluation: CommercialEvaluation, correction: Correction): CommercialEvaluation => ({
  ...evaluation,
  corrections: [...(evaluation.corrections ?? []), correction],
});
