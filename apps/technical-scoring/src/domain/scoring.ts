import { DomainError, type Instant, Rational, type Uuid } from '#kernel';
import type { Method } from '#evaluation';

export interface BlindPart {
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly size: number;
  readonly key: string;
}

/** A bid as experts see it: an alias and documents. Whose it is, this service does not know. */
export interface BlindBid {
  readonly alias: string;
  readonly parts: readonly BlindPart[];
}

/** Decimal text by criterion. */
export type Scores = Readonly<Record<string, string>>;

/** What one expert has done so far. */
export interface ExpertWork {
  readonly expertId: Uuid;
  readonly declaredAt: Instant | null;
  readonly hasConflict: boolean;
  readonly draft: Readonly<Record<string, Scores>>;
  /** By alias; absent in what was stored before reasons were kept. */
  readonly draftReasons?: Readonly<Record<string, string>>;
  readonly signedAt: Instant | null;
  /** The pieces of the signed sheet as they came. */
  readonly sheets: readonly string[];
  /** What they say together. */
  readonly scores: Readonly<Record<string, Scores>>;
}

/** The technical scoring of one tender, from publication to the lock. */
export interface Scoring {
  readonly tenderId: Uuid;
  readonly method: Method;
  readonly bids: readonly BlindBid[];
  /** Parts of the opening that have come: scoring opens with the last. */
  readonly partsTaken: readonly number[];
  readonly experts: readonly ExpertWork[];
  /** `ended` when the tender failed or was cancelled. */
  readonly stage: 'waiting' | 'open' | 'locked' | 'ended';
  /** While the tender is suspended experts read, and nothing is marked or signed. */
  readonly isSuspended?: boolean;
  readonly lockedAt: Instant | null;
  readonly results: readonly TechnicalScore[];
}

export interface TechnicalScore {
  readonly alias: string;
  readonly score: string;
  readonly rounded: string;
  readonly isPassed: boolean;
}

export function startScoring(tenderId: Uuid, method: Method, expertIds: readonly Uuid[]): Scoring {
  const experts = expertIds.map((expertId) => ({
    expertId,
    declaredAt: null,
    hasConflict: false,
    draft: {},
    signedAt: null,
    sheets: [],
    scores: {},
  }));
  return {
    tenderId,
    method,
    bids: [],
    partsTaken: [],
    experts,
    stage: 'waiting',
    lockedAt: null,
    results: [],
  };
}

/**
 * Technical envelopes are open, told in numbered parts, in whichever order they come; scoring opens once all are there.
 * What nobody could read has no documents and is not scored.
 */
export function openScoring(
  scoring: Scoring,
  { part, of, bids }: { readonly part: number; readonly of: number; readonly bids: readonly BlindBid[] },
): Scoring {
  if (scoring.stage !== 'waiting' || scoring.partsTaken.includes(part)) return scoring;
  const partsTaken = [...scoring.partsTaken, part];
  const all = [...scoring.bids, ...bids].sort((a, b) => (a.alias < b.alias ? -1 : 1));
  return { ...scoring, bids: all, partsTaken, stage: partsTaken.length === of ? 'open' : 'waiting' };
}

/** The tender has ended without a result: nothing more is marked or signed, and nothing is locked. */
export const endScoring = (scoring: Scoring): Scoring => ({ ...scoring, stage: 'ended' });

export const holdScoring = (scoring: Scoring, isSuspended: boolean): Scoring => ({ ...scoring, isSuspended });

/** Throws `tender.suspended`. */
export function requireGoingOn({ isSuspended }: Scoring): void {
  if (isSuspended) throw new DomainError('tender.suspended', 'This tender is suspended; nothing was kept.');
}

export const criteriaOf = ({ method }: Scoring) => method.panel?.criteria ?? [];

/** The expert's own work. Throws `expert.not-appointed`, `scoring.not-open`. */
export function requireExpert(scoring: Scoring, expertId: Uuid): ExpertWork {
  const work = scoring.experts.find((expert) => expert.expertId === expertId);
  if (!work) throw new DomainError('expert.not-appointed', 'You are not an expert of this tender.');
  if (scoring.stage === 'waiting')
    throw new DomainError('scoring.not-open', 'Technical envelopes are not opened yet.');
  if (scoring.stage === 'ended')
    throw new DomainError('scoring.not-open', 'This tender has ended; nothing is scored.');
  return work;
}

/** Documents and scores are for experts who have declared that nothing stands between them and fairness. */
export function requireDeclared(work: ExpertWork): ExpertWork {
  if (work.declaredAt === null || work.hasConflict) {
    throw new DomainError('declaration.missing', 'Declare first that you have no conflict of interest.');
  }
  return work;
}

export function requireUnsigned(work: ExpertWork): ExpertWork {
  if (work.signedAt !== null)
    throw new DomainError('sheet.already-signed', 'You have signed your sheet; it is fixed.');
  return work;
}

export function withExpert(scoring: Scoring, work: ExpertWork): Scoring {
  const experts = scoring.experts.map((expert) => (expert.expertId === work.expertId ? work : expert));
  return { ...scoring, experts };
}

export function declare(work: ExpertWork, hasConflict: boolean, now: Instant): ExpertWork {
  if (work.declaredAt !== null)
    throw new DomainError('declaration.already-made', 'You have declared already.');
  return { ...work, hasConflict, declaredAt: now };
}

/** Every mark between 0 and its criterion's maximum; nothing that is not asked for. */
export function checkScores(scoring: Scoring, alias: string, scores: Scores): void {
  if (!scoring.bids.some((bid) => bid.alias === alias)) {
    throw new DomainError('bid.unknown', `There is no bid ${alias} to score.`, { alias });
  }
  const maxima = new Map(criteriaOf(scoring).map(({ id, max }) => [id, Rational.from(max)]));
  for (const [criterion, text] of Object.entries(scores)) {
    const max = maxima.get(criterion);
    const mark = Rational.parse(text);
    if (!max || !mark || mark.sign() < 0 || max.lessThan(mark)) {
      throw new DomainError(
        'score.out-of-range',
        `${criterion} takes marks from 0 to ${max ?? '—'}, not ${text}.`,
        {
          alias,
          criterion,
        },
      );
    }
  }
}

/**
 * A piece of a sheet: marks that are in range, for bids that no piece before has. Throws `sheet.already-signed`,
 * `bid.unknown`, `score.out-of-range`.
 */
export function addPiece(
  scoring: Scoring,
  work: ExpertWork,
  { sheet, scores }: { readonly sheet: string; readonly scores: Readonly<Record<string, Scores>> },
): ExpertWork {
  for (const [alias, marks] of Object.entries(scores)) {
    if (Object.hasOwn(work.scores, alias)) {
      throw new DomainError('sheet.already-signed', `You have signed the marks of ${alias} already.`, {
        alias,
      });
    }
    checkScores(scoring, alias, marks);
  }
  return { ...work, sheets: [...work.sheets, sheet], scores: { ...work.scores, ...scores } };
}

/** Keeps the marks of one bid, and its reason where one is written; without one an earlier reason is dropped. */
export function keepDraft(work: ExpertWork, alias: string, scores: Scores, reason?: string): ExpertWork {
  const { [alias]: _, ...others } = work.draftReasons ?? {};
  return {
    ...work,
    draft: { ...work.draft, [alias]: scores },
    draftReasons: reason === undefined ? others : { ...others, [alias]: reason },
  };
}

/** A sheet has every criterion of every bid. Throws `sheet.incomplete`. */
export function checkSheet(scoring: Scoring, sheet: Readonly<Record<string, Scores>>): void {
  for (const { alias } of scoring.bids) {
    const missing = criteriaOf(scoring).find(({ id }) => sheet[alias]?.[id] === undefined);
    if (missing) {
      throw new DomainError('sheet.incomplete', `The mark for ${missing.id} of ${alias} is missing.`, {
        alias,
        criterion: missing.id,
      });
    }
  }
}
