import { z } from 'zod';
import { query, type ServiceName } from '../contract.js';
import { eventEnvelope, instant, sha256Hex } from './envelope.js';

/** Most acts, commitments or rows that one request of a completeness check is about. */
export const COMPARED_MAX = 256;

const number = z.number().int().positive();
const count = z.number().int().nonnegative();

/** Answered by every service: its acts again, as they left its outbox, for whoever misses some. */
export const resendActs = (service: ServiceName) =>
  query(service, 'resend-acts', {
    summary: 'Acts of this service by their numbers, whether they have left or not',
    access: 'internal',
    reads: 'internal',
    request: z.strictObject({ fromSeq: number, toSeq: number }),
    response: z.object({
      /** In order of `seq`. */
      acts: z.array(eventEnvelope),
      /** How far this answer goes: at most {@link COMPARED_MAX} numbers, and as many as a message holds. */
      coveredTo: number,
    }),
  });

/** Whether a service can still show a sealed act: salt and event open its commitment, are gone, or are others. */
export const HOLDINGS = ['held', 'missing', 'altered'] as const;

/** Answered by every service: which of these commitments are of acts of its own. Tells nothing of the acts. */
export const findCommitments = (service: ServiceName) =>
  query(service, 'find-commitments', {
    summary: 'Which commitments are of sealed acts of this service',
    access: 'internal',
    reads: 'internal',
    request: z.strictObject({ sealed: z.array(sha256Hex).max(COMPARED_MAX) }),
    response: z.object({ own: z.array(z.object({ sealed: sha256Hex, holding: z.enum(HOLDINGS) })) }),
  });

/** Answered by every service: a page of its sealed acts, and which of them were never told to the ledger. */
export const checkSealedActs = (service: ServiceName) =>
  query(service, 'check-sealed-acts', {
    summary: 'Sealed acts of this service that have no commitment on its way to the ledger',
    access: 'internal',
    reads: 'internal',
    request: z.strictObject({ afterId: count }),
    response: z.object({ rows: count, untold: z.array(z.string()), nextId: number.nullable() }),
  });

/** What services and ledger can differ in. */
export const LEDGER_DIFFERENCES = [
  /** An act in a service's outbox has no entry. */
  'entry-missing',
  /** An entry has no act in any service's outbox. */
  'act-missing',
  /** Act and entry of one number say different things. */
  'content-differs',
  /** An entry of the published files is not, or otherwise, in the ledger's table. */
  'row-differs',
  /** Salt and event of a sealed act are gone. */
  'opening-missing',
  /** Salt and event of a sealed act do not open its commitment. */
  'opening-differs',
  /** A sealed act was never told to the ledger. */
  'sealed-act-untold',
] as const;

export const ledgerDifference = z.object({
  kind: z.enum(LEDGER_DIFFERENCES),
  producer: z.string().nullable(),
  seq: number.nullable(),
  index: count.nullable(),
  sealed: z.string().nullable(),
});
export type LedgerDifference = z.infer<typeof ledgerDifference>;

/** `acts:vault:257`: what is compared next, of whom, from where. */
const position = z.string().regex(/^(?:acts|sealed-acts|entries):[a-z-]*:\d{1,15}$/);

export const getReconciliation = query('audit', 'get-reconciliation', {
  summary: 'Compares one page of what the services did with the ledger, now; all pages compare everything',
  access: ['supervisor'],
  reads: 'confidential',
  http: { method: 'GET', path: '/api/v1/supervision/reconciliation' },
  request: z.strictObject({ after: position.optional() }),
  response: z.object({
    compared: z.object({
      what: z.enum(['acts', 'sealed-acts', 'entries']),
      producer: z.string().nullable(),
      /** First number, row or index that was looked at. */
      from: count,
      rows: count,
      entries: count,
    }),
    differences: z.array(ledgerDifference),
    next: position.nullable(),
    /** Producers whose acts wait for an earlier one. */
    gaps: z.array(z.object({ producer: z.string(), from: number, since: instant })),
    /** The last comparison of everything that the platform made by itself. */
    lastRun: z
      .object({ startedAt: instant, finishedAt: instant, rows: count, entries: count, differences: count })
      .nullable(),
  }),
});
