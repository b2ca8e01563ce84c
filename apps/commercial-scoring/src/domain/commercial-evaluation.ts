import { ENTRY_PART_OF_SMALL, fromHex, type Instant, numbered, type Uuid } from '#kernel';
import {
  type Bid,
  type BidBill,
  type Draws,
  evaluationDocument,
  type EvaluationDocument,
  makeDraws,
  type Method,
  withCeiling,
} from '#evaluation';
import { drawSeed, type PublishedIdentity } from '#sealing';

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

/** All that the method draws, over the bids whose offers were opened. */
export function drawsOf({ tid, method, identities = [], offers }: CommercialEvaluation): Draws {
  if (tid === undefined) return {};
  const aliases = (offers ?? []).map(({ alias }) => alias);
  return makeDraws(method, aliases, drawSeed(fromHex(tid), identities));
}

/**
 * Runs the published method over the offers that were opened, once. Sheets of bids that did not pass stay out of it:
 * their commercial envelopes are sealed, so they have no price.
 */
export function evaluateWhenReady(evaluation: CommercialEvaluation, now: Instant): CommercialEvaluation {
  const { technical, offers, document } = evaluation;
  if (document !== null || technical === null || offers === null) return evaluation;
  const opened = new Set(offers.map(({ alias }) => alias));
  const input = {
    method: withCeiling(evaluation.method, evaluation.ceilingPrice),
    bids: offers.map(bidOf),
    panel: evaluation.sheets.filter(({ bid }) => opened.has(bid)),
    draws: drawsOf(evaluation),
  };
  return { ...evaluation, document: evaluationDocument(input), evaluatedAt: now };
}

const bidOf = ({ alias, price, stated, bill }: Offer): Bid => ({
  id: alias,
  price,
  ...stated,
  ...(bill ? { bill } : {}),
});

/** The evaluation as it is told: parts that fit an entry of the ledger, by rank, with the offered price. */
export function rankingParts(evaluation: CommercialEvaluation) {
  const { outcome, hash } = evaluation.document!.result;
  return numbered(rankingOf(evaluation), ENTRY_PART_OF_SMALL).map(({ items: ranking, ...part }) => ({
    outcome,
    hash,
    ...part,
    ranking,
  }));
}

function rankingOf({ document }: CommercialEvaluation) {
  return (document?.result.bids ?? []).map(({ id, rank, price, total }) => ({
    alias: id,
    rank,
    price,
    total: total?.rounded ?? null,
  }));
}
