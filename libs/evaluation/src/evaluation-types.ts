import type { Method } from './method.js';

/** A sentence in both languages of the platform. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** `exact` is `n/d` (or `n`); `rounded` is decimal text: under the declared rounding, else for display only. */
export interface ExactValue {
  readonly exact: string;
  readonly rounded: string;
}

export interface Bid {
  readonly id: string;
  /** Decimal text as offered. Anything else makes the bid inadmissible, it does not stop the evaluation. */
  readonly price: string;
  /** Decimal or `n/d`. Comes from the score sheets where there are any. */
  readonly technical?: string;
  /** UTC instant with milliseconds. */
  readonly receivedAt?: string;
  /** Numbers by input id, as declared in the method's `inputs`. */
  readonly figures?: Readonly<Record<string, string>>;
  /** Series of numbers by input id. */
  readonly series?: Readonly<Record<string, readonly string[]>>;
  /** Words by input id. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The priced bill, for methods that correct arithmetic. */
  readonly items?: readonly BidItem[];
  /** … or what it comes to, where it is too long to stand here. */
  readonly bill?: BidBill;
  /** People rejected it after the opening; `admit.rejected` says what that changes for others. */
  readonly rejected?: true;
}

/** What a priced bill comes to under the `correct` stage of the method, markups and rounding included. */
export interface BidBill {
  /** Decimal or `n/d`; null where the bill cannot be corrected. */
  readonly corrected: string | null;
  readonly reason: 'items-invalid' | 'items-differ' | null;
}

/** One line of a priced bill; all decimal text. */
export interface BidItem {
  readonly id: string;
  readonly quantity: string;
  readonly unitPrice: string;
  /** The line as stated; absent where the bid states none. */
  readonly amount?: string;
}

/** One expert's scores for one bid: decimal text by criterion id. */
export interface ScoreSheet {
  readonly expert: string;
  readonly bid: string;
  readonly scores: Readonly<Record<string, string>>;
}

/** What was drawn in public, as recorded. Nothing is ever drawn by the engine. */
export interface Draws {
  /** Drawn numbers (decimal or `n/d`) by the name that the method uses. */
  readonly numbers?: Readonly<Record<string, string>>;
  /** Bid ids in drawn order, for ties. */
  readonly order?: readonly string[];
}

export interface TraceNode {
  /** Stage and rule, e.g. `bench.mean`. */
  readonly rule: string;
  /** Version of the rule's code. */
  readonly v: 1;
  /** Bid id, or `all`. */
  readonly subject: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly exact: string;
  /** Null where the method declares no rounding for this node. */
  readonly rounded: string | null;
  readonly sentence: Bilingual;
}

export type VoidReason =
  | 'price-not-a-number'
  | 'price-not-positive'
  | 'above-ceiling'
  | 'below-floor'
  | 'technical-missing'
  | 'technical-below-minimum'
  | 'technical-below-threshold'
  | 'criterion-below-minimum'
  | 'figure-missing'
  | 'figure-invalid'
  | 'label-not-admitted'
  | 'items-invalid'
  | 'items-differ'
  | 'correction-over-limit'
  | 'evaluated-not-positive'
  | 'improvement-too-small'
  | 'below-reserve-floor'
  | 'above-reserve'
  | 'outside-band'
  | 'rejected';

export type BidFlag = 'tie-unresolved' | 'capped' | 'floored';
export type EvaluationFlag =
  | 'single-bid'
  | 'all-prices-equal'
  | 'linear-flat'
  | 'trim-fallback'
  | 'tie-unresolved'
  | 'rank-key-unavailable'
  | 'too-few-bids';
export type FailReason =
  'no-admissible-bid' | 'too-few-bids' | 'benchmark-undefined' | 'benchmark-not-positive';

export interface BidResult {
  readonly id: string;
  readonly admitted: boolean;
  /** Why the bid is void; empty when admitted. */
  readonly reasons: readonly VoidReason[];
  /** As offered. */
  readonly price: string;
  /** After arithmetic correction; only where the method corrects. */
  readonly corrected?: ExactValue | null;
  /** The price that was scored and ranked; only where the method adjusts. */
  readonly evaluated?: ExactValue | null;
  readonly priceScore: ExactValue | null;
  readonly technicalScore: ExactValue | null;
  readonly total: ExactValue | null;
  /** 1 is best; equal ranks are unresolved ties and carry the flag; the next rank counts them all (1, 1, 3). */
  readonly rank: number | null;
  readonly flags: readonly BidFlag[];
}

/** Whom the rule names, at what price. The platform's award is a decision of people and may differ with reasons. */
export interface AwardResult {
  /** Null with a tie at the top, or where the reserve is not met. */
  readonly winner: string | null;
  readonly price: ExactValue | null;
  readonly guarantees: Readonly<Record<string, ExactValue>>;
}

/** An advisory flag that was raised, for one bid or for `all`. */
export interface RaisedFlag {
  readonly id: string;
  readonly subject: string;
  readonly measure: ExactValue;
  readonly limit: ExactValue;
}

export interface EvaluationResult {
  readonly v: 1;
  readonly outcome: 'ranked' | 'failed';
  readonly reason: FailReason | null;
  readonly benchmark: ExactValue | null;
  /** By rank, then by id; void bids last. */
  readonly bids: readonly BidResult[];
  readonly flags: readonly EvaluationFlag[];
  /** Only where the method has an award stage. */
  readonly award?: AwardResult | null;
  /** Only where the method has a flags stage. */
  readonly advisory?: readonly RaisedFlag[];
  readonly trace: readonly TraceNode[];
  /** Hex SHA-256 of the canonical JSON of method, bids, panel, draws and this result without the hash. */
  readonly hash: string;
}

export interface EvaluationInput {
  readonly method: Method;
  readonly bids: readonly Bid[];
  readonly panel?: readonly ScoreSheet[];
  readonly draws?: Draws;
}

/** What is stored and published: enough for anybody to run the evaluation again. */
export interface EvaluationDocument {
  readonly method: Method;
  readonly bids: readonly Bid[];
  readonly panel: readonly ScoreSheet[];
  readonly draws: Draws;
  readonly result: EvaluationResult;
}

export interface PanelBidResult {
  readonly id: string;
  readonly score: ExactValue;
  /** True without a threshold, or when the score is not below it. */
  readonly passed: boolean;
}

export interface PanelResult {
  /** By bid id. */
  readonly bids: readonly PanelBidResult[];
  readonly trace: readonly TraceNode[];
}

/** `error` keeps a method from being published; `warning` is for its author to weigh. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  /** Path in the method document, e.g. `combine.weights`. */
  readonly path: string;
  readonly message: Bilingual;
}
