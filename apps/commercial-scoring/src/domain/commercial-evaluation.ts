import type { Instant, Uuid } from '#kernel';
import type { Bid, BidBill, EvaluationDocument, Method } from '#evaluation';
import type { PublishedIdentity } from '#sealing';
import type { Correction } from './correction.js';
import type { PriceClarification } from './price-clarification.js';

export interface TechnicalScore {
  readonly alias: string;
  readonly score: string;
  readonly isPassed: boolean;
}

export interface PanelSheet {
  readonly expert: string;
  readonly bid: string;
  readonly scores: Readonly<Record<string, string>>;
}

/** An opened commercial envelope, read: what it offers, or why it cannot be read. */
export interface Offer {
  readonly alias: string;
  /** As written in the offer; text that is no price makes the bid void by the method's own rule. */
  readonly price: string;
  readonly boq: BoqReport;
  /** What the bidder states beside the price, as written. */
  readonly stated?: Pick<Bid, 'figures' | 'series' | 'labels'>;
  /** What the bill comes to, where the method corrects bills. */
  readonly bill?: BidBill;
}

export interface BoqReport {
  readonly isConsistent: boolean;
  readonly findings: readonly {
    readonly code: string;
    readonly row: number | null;
    readonly item: string | null;
    readonly message: string;
    /** Missing in evaluations of before they were told. */
    readonly severity?: 'error' | 'flag';
    readonly sheet?: string | null;
    readonly cell?: string | null;
    readonly expected?: string | null;
    readonly found?: string | null;
  }[];
}

/** The commercial side of one tender, from publication to the ranking. */
export interface CommercialEvaluation {
  readonly tenderId: Uuid;
  /** The descriptor's digest; missing in tenders of before there were draws. */
  readonly tid?: string;
  readonly method: Method;
  readonly ceilingPrice: string;
  readonly boqSha256: string;
  /** Null until the last part of the scores has come. */
  readonly technical: readonly TechnicalScore[] | null;
  readonly scoresTaken?: readonly ScoresPart[];
  readonly sheets: readonly PanelSheet[];
  /** Null until the last part of the opening has come. */
  readonly offers: readonly Offer[] | null;
  readonly partsTaken: readonly { readonly part: number; readonly offers: readonly Offer[] }[];
  /** Of every envelope that was opened so far, of both kinds: what draws are made from. */
  readonly identities?: readonly PublishedIdentity[];
  /** Prices that the method calls abnormally low; the ranking waits until each is decided on. */
  readonly prices?: readonly PriceClarification[];
  /** Confirmed ones, in the order in which they made versions. */
  readonly corrections?: readonly Correction[];
  /** Waits for a supervisor. */
  readonly proposal?: Correction | null;
  /** When the suspension began that the tender rests in. */
  readonly suspendedAt?: Instant | null;
  /** The standstill has begun, or the tender failed or was cancelled: nothing changes any more. */
  readonly closed?: 'standstill' | 'failed' | 'cancelled';
  readonly document: EvaluationDocument | null;
  readonly evaluatedAt: Instant | null;
}

/** Some of the locked scores, in a numbered part. */
export interface ScoresPart {
  readonly part: number;
  readonly technical: readonly TechnicalScore[];
  readonly sheets: readonly PanelSheet[];
}

/**
 * Scores are locked, told in numbered parts, in whichever order they come; they count once all are there. Where nobody
 * passed there is nothing to open, and the evaluation can run at once.
 */
export function lockTechnical(
  evaluation: CommercialEvaluation,
  taken: ScoresPart,
  of: number,
): CommercialEvaluation {
  const before = evaluation.scoresTaken ?? [];
  if (evaluation.technical !== null || before.some(({ part }) => part === taken.part)) return evaluation;
  const scoresTaken = [...before, taken].sort((a, b) => a.part - b.part);
  if (scoresTaken.length < of) return { ...evaluation, scoresTaken };
  const technical = scoresTaken.flatMap((one) => one.technical);
  const sheets = scoresTaken.flatMap((one) => one.sheets);
  const offers = technical.some(({ isPassed }) => isPassed) ? evaluation.offers : [];
  return { ...evaluation, scoresTaken: [], technical, sheets, offers };
}

/** Opened envelopes are told in numbered parts, in whichever order they come; the offers are there once all are. */
export function takePart(
  evaluation: CommercialEvaluation,
  { part, of, offers }: { readonly part: number; readonly of: number; readonly offers: readonly Offer[] },
): CommercialEvaluation {
  if (evaluation.offers !== null || evaluation.partsTaken.some((one) => one.part === part)) return evaluation;
  const partsTaken = [...evaluation.partsTaken, { part, offers }];
  if (partsTaken.length < of) return { ...evaluation, partsTaken };
  const all = partsTaken.flatMap((one) => one.offers).sort((a, b) => (a.alias < b.alias ? -1 : 1));
  return { ...evaluation, partsTaken: [], offers: all };
}

/** Envelopes were opened: their keys are public now. Whatever part of a record comes again changes nothing. */
export function takeIdentities(
  evaluation: CommercialEvaluation,
  opened: readonly PublishedIdentity[],
): CommercialEvaluation {
  const known = new Map((evaluation.identities ?? []).map((one) => [one.manifestSha256, one]));
  for (const { manifestSha256, identity } of opened) known.set(manifestSha256, { manifestSha256, identity });
  return { ...evaluation, identities: [...known.values()] };
}
