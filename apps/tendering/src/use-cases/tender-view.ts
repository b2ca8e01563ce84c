import { DomainError, isInScope } from '#kernel';
import { type Actor, type getTender, type ResponseOf, scopeOf } from '#contracts';
import { shownStage } from '../domain/stages.js';
import type { Suspension, Tender } from '../domain/tender.js';

type View = ResponseOf<typeof getTender>;

/** What the contract shows of a tender; the same for everyone who may see it. */
export function tenderView(tender: Tender): View {
  const { draft, publication } = tender;
  const { title, regionCode, summary, ceilingPrice, currency, boq, documents, method, deadlineAt, quorum } =
    draft;
  return {
    tenderId: tender.tenderId,
    stage: shownStage(tender),
    templateId: tender.templateId,
    procedure: tender.procedure,
    clauses: [...tender.clauses],
    title,
    regionCode,
    summary,
    ceilingPrice,
    currency,
    boq,
    documents: [...documents],
    method,
    deadlineAt,
    quorum,
    mailbox: draft.mailbox ?? null,
    questionsUntil: publication?.questionsUntil ?? null,
    publishedAt: publication?.publishedAt ?? null,
    tid: publication?.tid ?? null,
    standstillEndsAt: tender.standstillEndsAt,
    trustees: tender.committee.map(({ personId, statement }) => ({
      personId,
      statementReceived: statement !== null,
    })),
    suspension: tender.suspension && suspensionView(tender, tender.suspension),
    reason: tender.reason,
    award: tender.award,
  };
}

const suspensionView = ({ stage }: Tender, { since, causes }: Suspension): View['suspension'] => ({
  stage: stage as NonNullable<View['suspension']>['stage'],
  since,
  causes: [...causes],
});

/** A draft exists only for its buyer, its trustees and the supervisors of its region; for everyone else there is no such tender. */
export function requireVisible(tender: Tender | undefined, actor: Actor | null, tenderId: string): Tender {
  const isVisible = tender && (tender.publication !== null || isInvolved(tender, actor));
  if (!isVisible) throw unknownTender(tenderId);
  return tender;
}

/** Supervisors see drafts, and have nothing to do in them. */
export function requirePublished(tender: Tender): Tender {
  if (tender.publication === null) throw unknownTender(tender.tenderId);
  return tender;
}

/** Only the buyer who made it acts on a tender. */
export function requireOwner(tender: Tender, actor: Actor | null): Tender {
  if (actor?.personId === tender.buyerId) return tender;
  if (tender.publication === null) throw unknownTender(tender.tenderId);
  throw new DomainError('access.denied', 'Only the buyer of this tender may do this.');
}

function isInvolved(tender: Tender, actor: Actor | null): boolean {
  if (actor === null) return false;
  const isSupervised =
    actor.roles.includes('supervisor') && isInScope(tender.draft.regionCode, scopeOf(actor, 'supervisor'));
  const seated = tender.committee.some(({ personId }) => personId === actor.personId);
  return tender.buyerId === actor.personId || seated || isSupervised;
}

export const unknownTender = (tenderId: string): DomainError =>
  new DomainError('tender.unknown', `There is no tender ${tenderId}.`, { tenderId });
