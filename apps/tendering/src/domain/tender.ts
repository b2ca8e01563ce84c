import type { Instant, Uuid } from '#kernel';
import type { EnvelopeId, Procedure, Stage } from '#contracts';

export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly size: number;
}

/** A trustee's seat in the committee; the statement is there once the trustee has handed it in. */
export interface Seat {
  readonly personId: Uuid;
  readonly statement: {
    readonly publicKey: string;
    readonly certificateSha256: string;
    readonly statementSha256: string;
  } | null;
}

/** What the buyer writes and may change until publication. */
export interface Draft {
  readonly title: { readonly zh: string; readonly en: string };
  readonly regionCode: string;
  readonly summary: string;
  readonly ceilingPrice: string;
  readonly currency: 'CNY';
  readonly boq: Attachment;
  readonly documents: readonly Attachment[];
  readonly method: Readonly<Record<string, unknown>>;
  readonly deadlineAt: Instant;
  readonly trusteeIds: readonly Uuid[];
  readonly quorum: number;
  readonly expertIds: readonly Uuid[];
  /** A supervisor's mailbox that has effect in this tender. */
  readonly mailbox?: { readonly verifierKey: string; readonly graceMinutes: number } | undefined;
}

/** What publication fixes. */
export interface Publication {
  readonly publishedAt: Instant;
  readonly questionsUntil: Instant;
  readonly tid: string;
  readonly descriptor: Readonly<Record<string, unknown>>;
}

/** Why a tender is suspended; each cause goes by its own way. */
export interface SuspensionCause {
  readonly cause: 'supervisor' | 'opening-halted';
  /** Of the opening that is halted. */
  readonly envelopeId: EnvelopeId | null;
  readonly since: Instant;
  readonly reason: string;
}

/** There is always a cause in it; `since` is when the first came. */
export interface Suspension {
  readonly since: Instant;
  readonly causes: readonly SuspensionCause[];
}

/** A tender with all that decisions about it depend on. Stored as one document under an optimistic version. */
export interface Tender {
  readonly tenderId: Uuid;
  readonly buyerId: Uuid;
  /** Where it stands on its way, also while it is suspended. */
  readonly stage: Exclude<Stage, 'suspended'>;
  readonly templateId: string;
  readonly procedure: Procedure;
  readonly clauses: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  readonly draft: Draft;
  readonly committee: readonly Seat[];
  readonly publication: Publication | null;
  readonly standstillEndsAt: Instant | null;
  readonly suspension: Suspension | null;
  readonly first: { readonly alias: string; readonly price: string } | null;
  readonly award: { readonly alias: string; readonly price: string } | null;
  readonly reason: string | null;
}

/** Something that happened to a tender: the name of its event and the data that the contract declares. */
export interface TenderEvent {
  readonly type:
    | 'draft-saved'
    | 'trustee-statement-received'
    | 'rehearsal-begun'
    | 'trustee-rehearsed'
    | 'tender-published'
    | 'tender-closed'
    | 'tender-failed'
    | 'tender-cancelled'
    | 'tender-suspended'
    | 'tender-resumed'
    | 'standstill-started'
    | 'tender-awarded';
  readonly data: Readonly<Record<string, unknown>>;
}

/** The outcome of a decision: the tender as it is from now on, and what is to be told. */
export interface Decision {
  readonly tender: Tender;
  readonly events: readonly TenderEvent[];
}
