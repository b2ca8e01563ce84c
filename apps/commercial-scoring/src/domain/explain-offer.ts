import { DomainError } from '#kernel';
import type { Stage } from '#contracts';
import { type Bilingual, evaluatePanel, type EvaluationResult, explain, type ExactValue } from '#evaluation';
import type { CommercialEvaluation } from './commercial-evaluation.js';

export interface Reader {
  readonly stage: Stage;
  /** Of the bid's organisation. */
  readonly isOwner: boolean;
  /** The buyer of the tender, or supervision: they answer what bidders ask. */
  readonly isOverseer: boolean;
}

const OVER: readonly Stage[] = ['awarded', 'failed', 'cancelled'];

/**
 * Whether an explanation is for this reader: its bidder, the tender's buyer and supervision once scores are locked,
 * everyone when the tender is awarded or has ended. Throws `scoring.not-locked`, `tender.wrong-stage`.
 */
export function requireExplained(
  { technical }: CommercialEvaluation,
  { stage, isOwner, isOverseer }: Reader,
): void {
  if (technical === null)
    throw new DomainError('scoring.not-locked', 'Bids are explained once the technical scores are locked.');
  if (isOwner || isOverseer || OVER.includes(stage)) return;
  throw new DomainError('tender.wrong-stage', 'Bids of others are explained after the award.', { stage });
}

export interface OfferExplanation {
  readonly hash: string | null;
  readonly rank: number | null;
  readonly total: ExactValue | null;
  readonly sentences: string[];
}

/**
 * One bid's way through the evaluation in sentences of the trace; of a bid that did not pass, and before the evaluation,
 * how its technical score came about. Throws `bid.unknown`.
 */
export function explainOffer(
  evaluation: CommercialEvaluation,
  alias: string,
  language: 'zh' | 'en',
): OfferExplanation {
  const score = evaluation.technical?.find((one) => one.alias === alias);
  if (!score) throw new DomainError('bid.unknown', `No bid ${alias} was scored.`, { alias });
  const result = evaluation.document?.result;
  const own = result?.bids.find(({ id }) => id === alias);
  if (result && own) return evaluated(result, own, alias, language);
  const tell = ({ zh, en }: Bilingual): string => (language === 'en' ? en : zh);
  const sheets = evaluation.sheets.filter(({ bid }) => bid === alias);
  const trace = sheets.length === 0 ? [] : evaluatePanel(evaluation.method, sheets).trace;
  const sentences = [...trace.map(({ sentence }) => sentence), passing(alias, score.isPassed)].map(tell);
  return { hash: null, rank: null, total: null, sentences };
}

const evaluated = (
  result: EvaluationResult,
  { rank, total }: EvaluationResult['bids'][number],
  alias: string,
  language: 'zh' | 'en',
): OfferExplanation => ({
  hash: result.hash,
  rank,
  total,
  sentences: explain(result, alias, language === 'en' ? 'en' : 'zh-CN'),
});

const passing = (alias: string, isPassed: boolean): Bilingual =>
  isPassed
    ? { zh: `${alias} 通过技术评审`, en: `${alias} passes the technical evaluation` }
    : {
        zh: `${alias} 未通过技术评审，商务信封不予开启`,
        en: `${alias} does not pass the technical evaluation; its commercial envelope stays sealed`,
      };
