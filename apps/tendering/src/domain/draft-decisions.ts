import { DomainError, isDomainError, type Uuid } from '#kernel';
import { verifierFromKey } from '#ledger';
import { requireProfile } from './require-profile.js';
import { reviewDraftMethod } from './review-draft-method.js';
import { requireStage } from './stages.js';
import type { Decision, Draft, Seat, Tender } from './tender.js';
import type { Template } from './templates/template.js';

export interface NewTender {
  readonly tenderId: Uuid;
  readonly buyerId: Uuid;
  readonly template: Template;
  readonly draft: Draft;
  /** SHA-256 of the draft in canonical form, for the ledger. */
  readonly draftSha256: string;
}

/** A draft from a template: procedure and clauses are the template's, everything else is the buyer's. */
export function createTender({ tenderId, buyerId, template, draft, draftSha256 }: NewTender): Decision {
  checkDraft(draft, template);
  const { templateId, procedure, clauses } = template;
  const tender: Tender = {
    tenderId,
    buyerId,
    stage: 'draft',
    templateId,
    procedure,
    clauses,
    draft,
    committee: draft.trusteeIds.map((personId) => ({ personId, statement: null })),
    publication: null,
    standstillEndsAt: null,
    suspension: null,
    first: null,
    award: null,
    reason: null,
  };
  return { tender, events: [{ type: 'draft-saved', data: { templateId, draftSha256 } }] };
}

/** Statements of trustees who stay are kept: a key belongs to the tender, not to its text. */
export function updateDraft(tender: Tender, template: Template, draft: Draft, draftSha256: string): Decision {
  requireStage(tender, 'draft');
  checkDraft(draft, template);
  const kept = new Map(tender.committee.map((seat) => [seat.personId, seat]));
  const committee = draft.trusteeIds.map((personId) => kept.get(personId) ?? { personId, statement: null });
  const { templateId } = tender;
  return {
    tender: { ...tender, draft, committee },
    events: [{ type: 'draft-saved', data: { templateId, draftSha256 } }],
  };
}

export function receiveStatement(
  tender: Tender,
  personId: Uuid,
  statement: NonNullable<Seat['statement']>,
): Decision {
  requireStage(tender, 'draft');
  if (!tender.committee.some((seat) => seat.personId === personId)) {
    throw new DomainError('trustee.not-appointed', 'You are not a trustee of this tender.');
  }
  const committee = tender.committee.map((seat) =>
    seat.personId === personId ? { personId, statement } : seat,
  );
  const data = { personId, statementSha256: statement.statementSha256 };
  return { tender: { ...tender, committee }, events: [{ type: 'trustee-statement-received', data }] };
}

function checkDraft(draft: Draft, { procedure }: Template): void {
  const { trusteeIds, quorum, expertIds, method } = draft;
  requireProfile(procedure, { trustees: trusteeIds.length, quorum });
  if (new Set(trusteeIds).size !== trusteeIds.length || trusteeIds.length < procedure.trusteesMin) {
    throw new DomainError(
      'committee.invalid',
      `Choose at least ${procedure.trusteesMin} different trustees.`,
    );
  }
  if (quorum < 2 || quorum > trusteeIds.length - 1) {
    throw new DomainError(
      'committee.invalid',
      'The quorum is at least 2 and leaves at least one trustee to spare.',
      {
        quorum,
        trustees: trusteeIds.length,
      },
    );
  }
  if (new Set(expertIds).size !== expertIds.length || expertIds.length < procedure.expertsMin) {
    throw new DomainError('panel.invalid', `Choose at least ${procedure.expertsMin} different experts.`);
  }
  const both = expertIds.find((personId) => trusteeIds.includes(personId));
  if (both) {
    throw new DomainError(
      'panel.invalid',
      'A trustee sees whose envelopes are opened, and so cannot score blind.',
      {
        personId: both,
      },
    );
  }
  requireMailboxKey(draft);
  requireSoundMethod(method);
}

/** A key that nobody could verify with would be found when it is too late to name another. */
function requireMailboxKey({ mailbox }: Draft): void {
  if (!mailbox) return;
  try {
    verifierFromKey(mailbox.verifierKey);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    throw new DomainError('mailbox-key.invalid', `Not the key of a mailbox’s log: ${error.message}`);
  }
}

/** A method with an error in it can neither be saved nor published; warnings are for the buyer to weigh. */
export function requireSoundMethod(method: unknown): void {
  const findings = reviewDraftMethod(method).findings.filter(({ severity }) => severity === 'error');
  if (findings.length > 0) {
    throw new DomainError('method.invalid', 'The evaluation method has errors; see findings.', { findings });
  }
}
